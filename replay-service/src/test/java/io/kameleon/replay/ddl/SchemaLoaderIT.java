package io.kameleon.replay.ddl;

import static io.kameleon.replay.ddl.SampleTable.labels;
import static io.kameleon.replay.ddl.SampleTable.named;
import static io.kameleon.replay.ddl.SampleTable.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaLoaderIT {
    private static PostgresFixture postgres;

    private final DdlWriter ddl = new DdlWriter(TypeMapping.lossless(), OptionalInt.of(80));
    private final SchemaLoader loader = new SchemaLoader(ddl, "Live \"x\"", List.of("report reader"));
    private final TableDefinition orders = named("orders")
            .notNull("id", type(TypeKind.INT))
            .nullable("state", labels(TypeKind.ENUM, "new", "done"))
            .key("id")
            .index("state", "state")
            .build();

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = new PostgresFixture();
        postgres.run("CREATE ROLE \"report reader\"");
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        postgres.close();
    }

    @BeforeEach
    void noSchemas() {
        postgres.run("DROP SCHEMA IF EXISTS \"Live \"\"x\"\"\" CASCADE");
        loader.abandon(postgres.connection());
        loader.dropReplaced(postgres.connection());
    }

    private void load(String state) throws SQLException {
        assertThat(loader.prepare(postgres.connection(), List.of(orders))).isEmpty();
        postgres.run("INSERT INTO " + DdlWriter.qualifiedName(orders, loader.loadingSchema()) + " VALUES (1, "
                + SqlText.literal(state) + ")");
        TableStatements statements = loader.tableStatements(orders);
        postgres.run(statements.indexes());
        postgres.run(statements.constraints());
    }

    private void swap() throws SQLException {
        Connection connection = postgres.connection();
        connection.setAutoCommit(false);
        loader.swap(connection);
        connection.commit();
        connection.setAutoCommit(true);
        loader.dropReplaced(connection);
    }

    private List<String> liveRows() throws SQLException {
        return postgres.rows("SELECT * FROM " + DdlWriter.qualifiedName(orders, "Live \"x\""));
    }

    @Test
    void aLoadedSchemaTakesThePlaceOfTheOldOne() throws SQLException {
        load("new");
        swap();
        assertThat(liveRows()).containsExactly("1|new");
        load("done");
        assertThat(liveRows()).containsExactly("1|new");
        swap();
        assertThat(liveRows()).containsExactly("1|done");
        assertThat(postgres.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE '%Live%'"))
                .containsExactly("Live \"x\"");
        postgres.newSchema("fresh");
        postgres.run(ddl.create(orders, "fresh").all());
        assertThat(postgres.structure("Live \"x\"")).isEqualTo(postgres.structure("fresh"));
    }

    @Test
    void aSwapThatIsRolledBackChangesNothing() throws SQLException {
        load("new");
        swap();
        load("done");
        Connection connection = postgres.connection();
        connection.setAutoCommit(false);
        loader.swap(connection);
        connection.rollback();
        connection.setAutoCommit(true);
        assertThat(liveRows()).containsExactly("1|new");
    }

    @Test
    void rolesMayReadTheTablesOfNowAndLater() throws SQLException {
        load("new");
        swap();
        postgres.run("CREATE TABLE \"Live \"\"x\"\"\".later (id int)");
        assertThat(postgres.rows("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                        + " '\"Live \"\"x\"\"\"'::regnamespace AND has_table_privilege('report reader', oid, 'SELECT')"
                        + " ORDER BY 1"))
                .containsExactly("later", "orders");
    }

    @Test
    void viewsOfOtherSchemasAreNamedBeforeTheyGo() throws SQLException {
        load("new");
        swap();
        postgres.newSchema("reports");
        postgres.run("CREATE VIEW reports.\"Open\" AS SELECT * FROM " + DdlWriter.qualifiedName(orders, "Live \"x\""));
        assertThat(loader.dependents(postgres.connection())).containsExactly("reports.\"Open\"");
    }

    @Test
    void nothingIsMadeWhenTwoTablesComeToOneName() {
        TableDefinition user = named("user")
                .nullable("id", type(TypeKind.INT))
                .index("i", "id")
                .build();
        TableDefinition clash =
                named("user__i").nullable("id", type(TypeKind.INT)).build();
        assertThatThrownBy(() -> loader.prepare(postgres.connection(), List.of(user, clash)))
                .hasMessage(
                        "NAME_CONFLICT: In PostgreSQL both index 'i' of 'shop.user' and table 'shop.user__i' would be"
                                + " called 'user__i' {table=shop.user__i}. Rename one of them on the source, or leave the table"
                                + " out with skip_tables.");
    }

    @Test
    void anExistingSchemaIsVerifiedAndEmptied() throws SQLException {
        load("new");
        swap();
        var existing = new ExistingSchema("Live \"x\"");
        existing.verify(postgres.connection(), orders);
        postgres.run(existing.truncate(List.of(orders)));
        assertThat(liveRows()).isEmpty();
        TableDefinition wider = named("orders")
                .notNull("id", type(TypeKind.INT))
                .nullable("state", labels(TypeKind.ENUM, "new"))
                .nullable("more", type(TypeKind.INT))
                .build();
        assertCode(() -> existing.verify(postgres.connection(), wider), ErrorCode.COLUMN_MISSING);
        TableDefinition narrower =
                named("orders").nullable("state", labels(TypeKind.ENUM, "new")).build();
        assertCode(() -> existing.verify(postgres.connection(), narrower), ErrorCode.TABLE_DEFINITION_MISMATCH);
        TableDefinition other =
                named("other").nullable("id", type(TypeKind.INT)).build();
        assertCode(() -> existing.verify(postgres.connection(), other), ErrorCode.TABLE_UNKNOWN);
    }

    private static void assertCode(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
