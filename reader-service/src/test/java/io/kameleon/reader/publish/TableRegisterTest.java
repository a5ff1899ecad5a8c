package io.kameleon.reader.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.reader.ddl.Charsets;
import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.ServerDialect;
import io.kameleon.reader.ddl.SessionContext;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.TableId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TableRegisterTest {
    private static final SessionContext SESSION = SessionContext.of("shop", 1);
    private static final int INT = 3;
    private static final int BIGINT = 8;

    private final CountedSchemaIds schemaIds = new CountedSchemaIds();
    private final List<TableChange> changes = new ArrayList<>();
    private final ServerDialect dialect = ServerDialect.of("9.7.0");
    private final DefinitionTracker tracker =
            new DefinitionTracker(dialect, NameCase.SENSITIVE, Charsets.of(dialect), "shop"::equals);
    private final TableRegister register = new TableRegister(
            "kameleon.shop",
            schemaIds,
            ZeroDateForm.NULL,
            tracker,
            id -> !id.name().equals("left_out"),
            changes::add);

    @Test
    void aTableOpenedAgainUnderAnotherIdKeepsWhatWasMadeOfIt() {
        createTables(3);
        register.map(tableMap(71, "t1", INT));
        PublishedTable first = register.forRows(71);
        int registered = schemaIds.registered;

        register.map(tableMap(72, "t1", INT));
        register.forgetMaps();
        register.map(tableMap(73, "t1", INT));

        assertThat(register.forRows(73)).isSameAs(first);
        assertThat(schemaIds.registered).isEqualTo(registered);
    }

    /** More tables than ids are remembered, each time under new ids, as where the server's table cache is too small. */
    @Test
    void moreTablesThanAreRememberedByIdAreMadeOnce() {
        int tables = 20_000;
        createTables(tables);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < tables; i++) {
                long id = (long) round * tables + i + 1;
                register.map(tableMap(id, "t" + i, INT));
                assertThat(register.forRows(id).id().name()).isEqualTo("t" + i);
            }
        }
        assertThat(schemaIds.registered).isEqualTo(2 * tables);
        assertThatThrownBy(() -> register.forRows(1)).hasMessageStartingWith("BINLOG_CORRUPT");
    }

    @Test
    void aChangedDefinitionIsTakenUpUnderTheOldIdAndUnderANewOne() {
        createTables(1);
        register.map(tableMap(71, "t0", INT));
        PublishedTable before = register.forRows(71);

        tracker.apply("ALTER TABLE t0 MODIFY id bigint NOT NULL", SESSION);
        register.definitionChanged(new TableId("shop", "t0"));
        register.map(tableMap(71, "t0", BIGINT));

        assertThat(register.forRows(71)).isNotSameAs(before);
        assertThat(changes).isEmpty();
    }

    @Test
    void anotherLayoutUnderTheSameDefinitionDisablesTheTableOnce() {
        createTables(1);
        register.map(tableMap(71, "t0", INT));
        register.map(tableMap(72, "t0", BIGINT));
        register.map(tableMap(73, "t0", BIGINT));

        assertThat(register.forRows(72)).isNull();
        assertThat(register.forRows(71)).isNull();
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0)).isInstanceOf(TableChange.Unsupported.class);
    }

    @Test
    void aTableThatIsNotReplicatedHasNoRowsUnderAnyId() {
        register.map(tableMap(71, "left_out", INT));
        register.map(tableMap(72, "left_out", INT));
        assertThat(register.forRows(72)).isNull();
        assertThat(schemaIds.registered).isZero();
        assertThat(changes).isEmpty();
    }

    private void createTables(int count) {
        for (int i = 0; i < count; i++) {
            tracker.apply("CREATE TABLE t" + i + " (id int NOT NULL PRIMARY KEY)", SESSION);
        }
    }

    /** A TABLE_MAP of a table of one column that is not null. */
    private static byte[] tableMap(long id, String table, int type) {
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < 6; i++) {
            body.write((int) (id >>> 8 * i));
        }
        body.writeBytes(new byte[] {1, 0});
        for (String name : List.of("shop", table)) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            body.write(bytes.length);
            body.writeBytes(bytes);
            body.write(0);
        }
        body.writeBytes(new byte[] {1, (byte) type, 0, 0});
        return body.toByteArray();
    }

    private static final class CountedSchemaIds implements SchemaIds {
        private int registered;

        @Override
        public int register(String subject, Schema schema) {
            return ++registered;
        }

        @Override
        public void prepare(Iterator<Registration> registrations) {
            throw new UnsupportedOperationException("not asked of a reader that runs");
        }

        @Override
        public Schema byId(int id) {
            throw new UnsupportedOperationException("a reader looks no schema up");
        }
    }
}
