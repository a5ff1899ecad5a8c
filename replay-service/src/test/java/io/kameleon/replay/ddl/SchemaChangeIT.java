package io.kameleon.replay.ddl;

import static io.kameleon.replay.ddl.SampleTable.autoIncrement;
import static io.kameleon.replay.ddl.SampleTable.column;
import static io.kameleon.replay.ddl.SampleTable.commented;
import static io.kameleon.replay.ddl.SampleTable.decimal;
import static io.kameleon.replay.ddl.SampleTable.labels;
import static io.kameleon.replay.ddl.SampleTable.named;
import static io.kameleon.replay.ddl.SampleTable.now;
import static io.kameleon.replay.ddl.SampleTable.sized;
import static io.kameleon.replay.ddl.SampleTable.text;
import static io.kameleon.replay.ddl.SampleTable.type;
import static io.kameleon.replay.ddl.SampleTable.unsigned;
import static io.kameleon.replay.ddl.SampleTable.varchar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The structure after a change is that of a table made anew, and the rows are what the source has (F30). */
class SchemaChangeIT {
    private static final StatementTime TIME =
            new StatementTime(Instant.parse("2020-09-13T12:26:40.123456Z"), 6, Optional.of(ZoneId.of("+03:00")));

    private static PostgresFixture postgres;
    private final DdlWriter ddl = new DdlWriter(TypeMapping.lossless(), OptionalInt.empty());
    private final SchemaChangeWriter writer = new SchemaChangeWriter(ddl, Map.of("shop", "live", "archive", "old"));

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = new PostgresFixture();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        postgres.close();
    }

    @BeforeEach
    void emptySchemas() {
        postgres.newSchema("live");
        postgres.newSchema("old");
    }

    private void create(SampleTable table) {
        postgres.run(ddl.create(table.build(), "live").all());
    }

    private ChangeStatements alter(SampleTable before, SampleTable after, String... previousNames) throws SQLException {
        return alter(before.build(), after.build(), previousNames);
    }

    private ChangeStatements alter(TableDefinition before, TableDefinition after, String... previousNames)
            throws SQLException {
        ChangeStatements change = writer.write(new Altered(before, after, List.of(previousNames), ""), TIME);
        postgres.runInTransaction(change.statements());
        assertStructureIsThatOfANewTable(after);
        return change;
    }

    private void assertStructureIsThatOfANewTable(TableDefinition after) throws SQLException {
        String schema = after.id().schema().equals("shop") ? "live" : "old";
        List<String> altered = postgres.structure(schema);
        postgres.newSchema("fresh");
        postgres.run(ddl.create(after, "fresh").all());
        assertThat(altered).isEqualTo(postgres.structure("fresh"));
    }

    @Test
    void aColumnIsAddedWithItsConstantDefaultInOldRows() throws SQLException {
        SampleTable before = named("t").notNull("id", type(TypeKind.INT)).key("id");
        create(before);
        postgres.run("INSERT INTO live.t VALUES (1)");
        SampleTable after = named("t")
                .notNull("id", type(TypeKind.INT))
                .column(column("a", decimal(5, 2), false, "1.50"))
                .column(column("b", varchar(9), true, "it's \\ ok"))
                .column(column("c", labels(TypeKind.ENUM, "x", "y"), false, "y"))
                .column(column("d", labels(TypeKind.SET, "x", "y"), false, "x,y"))
                .column(commented("e", type(TypeKind.JSON), "quoted ' \\ \"comment\""))
                .comment("table 'comment'")
                .key("id");
        alter(before, after, "id", "", "", "", "", "");
        assertThat(postgres.rows("SELECT * FROM live.t")).containsExactly("1|1.50|it's \\ ok|y|{x,y}|~");
    }

    @Test
    void aNotNullColumnWithoutDefaultGetsTheImplicitValueInOldRows() throws SQLException {
        SampleTable before = named("t").notNull("id", type(TypeKind.INT)).key("id");
        create(before);
        postgres.run("INSERT INTO live.t VALUES (1)");
        SampleTable after = named("t")
                .notNull("id", type(TypeKind.INT))
                .notNull("a", unsigned(TypeKind.BIGINT))
                .notNull("b", sized(TypeKind.BIT, 3))
                .notNull("c", varchar(3))
                .notNull("d", sized(TypeKind.BINARY, 2))
                .notNull("e", type(TypeKind.DATE))
                .notNull("f", sized(TypeKind.TIME, 0))
                .notNull("g", labels(TypeKind.ENUM, "x", "y"))
                .notNull("h", labels(TypeKind.SET, "x", "y"))
                .notNull("i", type(TypeKind.JSON))
                .key("id");
        alter(before, after, "id", "", "", "", "", "", "", "", "", "");
        assertThat(postgres.rows("SELECT * FROM live.t"))
                .containsExactly("1|0|000||\\x0000|-infinity|00:00:00|x|{}|null");
    }

    @Test
    void aColumnWithCurrentTimestampGetsTheStatementsTimeInOldRows() throws SQLException {
        SampleTable before = named("t").notNull("id", type(TypeKind.INT)).key("id");
        create(before);
        postgres.run("INSERT INTO live.t VALUES (1)", "SET TIME ZONE 'UTC'");
        SampleTable after = named("t")
                .notNull("id", type(TypeKind.INT))
                .column(now("a", sized(TypeKind.TIMESTAMP, 3), false))
                .column(now("b", sized(TypeKind.DATETIME, 0), true))
                .key("id");
        ChangeStatements change = alter(before, after, "id", "", "");
        assertThat(change.needsResync()).isFalse();
        assertThat(postgres.rows("SELECT a, b FROM live.t"))
                .containsExactly("2020-09-13 12:26:40.123+00|2020-09-13 15:26:40");
    }

    @Test
    void aTimeThatTheEventDoesNotHoldAsksForANewCopy() {
        SampleTable before = named("t").notNull("id", type(TypeKind.INT));
        SampleTable after =
                named("t").notNull("id", type(TypeKind.INT)).column(now("b", sized(TypeKind.DATETIME, 0), true));
        var change = new Altered(before.build(), after.build(), List.of("id", ""), "");
        assertThat(writer.write(change, StatementTime.ofHeader(1_600_000_000)).resyncReason())
                .isEqualTo("the time that column 'b' got is not in the statement's event");
    }

    @Test
    void columnsSwapNamesAndTheirEnumTypesFollow() throws SQLException {
        SampleTable before = named("t")
                .nullable("a", labels(TypeKind.ENUM, "x"))
                .nullable("b", labels(TypeKind.ENUM, "y"))
                .nullable("c", type(TypeKind.INT))
                .index("a", "a")
                .index("b", "b", "c");
        create(before);
        postgres.run("INSERT INTO live.t VALUES ('x', 'y', 1)");
        SampleTable after = named("t")
                .nullable("b", labels(TypeKind.ENUM, "x"))
                .nullable("a", labels(TypeKind.ENUM, "y"))
                .nullable("d", type(TypeKind.INT))
                .index("a", "b")
                .index("b", "a", "d");
        alter(before, after, "a", "b", "c");
        assertThat(postgres.rows("SELECT a, b, d FROM live.t")).containsExactly("y|x|1");
    }

    @Test
    void aColumnDroppedAndAddedAgainIsANewOne() throws SQLException {
        SampleTable before = named("t").nullable("id", type(TypeKind.INT)).nullable("e", labels(TypeKind.ENUM, "x"));
        create(before);
        postgres.run("INSERT INTO live.t VALUES (1, 'x')");
        alter(before, before, "id", "");
        assertThat(postgres.rows("SELECT id, e FROM live.t")).containsExactly("1|~");
    }

    @Test
    void enumLabelsAreAppendedRemovedAndReordered() throws SQLException {
        SampleTable before = named("t").column(column("e", labels(TypeKind.ENUM, "a", "b", "C"), true, "a"));
        create(before);
        postgres.run("INSERT INTO live.t VALUES ('a'), ('b'), ('C'), (NULL), ('')");
        SampleTable after = named("t").column(column("e", labels(TypeKind.ENUM, "new", "c", "a"), true, "c"));
        ChangeStatements change = alter(before, after, "e");
        assertThat(change.needsResync()).isFalse();
        assertThat(postgres.rows("SELECT e FROM live.t")).containsExactly("a", "", "c", "~", "");
    }

    @Test
    void anEnumThatNoNativeTypeHoldsIsCheckedText() throws SQLException {
        String long64 = "l".repeat(64);
        SampleTable before = named("t").column(column("e", labels(TypeKind.ENUM, "a", "it's, (\"b\")"), false, "a"));
        create(before);
        postgres.run("INSERT INTO live.t VALUES ('a'), ('it''s, (\"b\")')");
        SampleTable wide =
                named("t").column(column("e", labels(TypeKind.ENUM, "a", "it's, (\"b\")", long64), false, long64));
        alter(before, wide, "e");
        postgres.run("INSERT INTO live.t VALUES (DEFAULT), ('')");
        assertThat(postgres.rows("SELECT e FROM live.t")).containsExactly("a", "it's, (\"b\")", long64, "");
        SampleTable renamed =
                named("u").column(column("f", labels(TypeKind.ENUM, "a", "it's, (\"b\")", long64), false, "a"));
        alter(wide, renamed, "e");
        SampleTable narrow = named("u").column(column("f", labels(TypeKind.ENUM, "a"), false, null));
        alter(renamed, narrow, "f");
        assertThat(postgres.rows("SELECT f FROM live.u")).containsExactly("a", "", "", "");
    }

    @Test
    void aSetKeepsDefinitionOrder() throws SQLException {
        SampleTable before = named("t").nullable("s", labels(TypeKind.SET, "x", "y"));
        create(before);
        postgres.run("INSERT INTO live.t VALUES ('{x,y}'), ('{}'), (NULL)");
        alter(before, named("t").nullable("s", labels(TypeKind.SET, "y", "z", "x")), "s");
        assertThat(postgres.rows("SELECT s FROM live.t ORDER BY s NULLS LAST")).containsExactly("{}", "{y,x}", "~");
    }

    @Test
    void nullsBecomeTheImplicitValueWhenTheColumnIsNotNull() throws SQLException {
        SampleTable before = named("t")
                .nullable("a", type(TypeKind.INT))
                .nullable("b", labels(TypeKind.ENUM, "x"))
                .nullable("c", sized(TypeKind.TIMESTAMP, 0))
                .nullable("d", sized(TypeKind.DATETIME, 0));
        create(before);
        postgres.run("SET TIME ZONE 'UTC'", "INSERT INTO live.t VALUES (NULL, NULL, NULL, NULL)");
        SampleTable after = named("t")
                .notNull("a", type(TypeKind.BIGINT))
                .notNull("b", labels(TypeKind.ENUM, "x"))
                .notNull("c", sized(TypeKind.TIMESTAMP, 0))
                .notNull("d", sized(TypeKind.DATETIME, 0));
        alter(before, after, "a", "b", "c", "d");
        assertThat(postgres.rows("SELECT * FROM live.t")).containsExactly("0||2020-09-13 12:26:40+00|-infinity");
        alter(after, before, "a", "b", "c", "d");
        assertThat(postgres.rows("SELECT * FROM live.t")).containsExactly("0||2020-09-13 12:26:40+00|~");
    }

    @Test
    void aTableIsRenamedWithItsIndexesAndTypes() throws SQLException {
        SampleTable before = named("t")
                .notNull("id", type(TypeKind.INT))
                .nullable("e", labels(TypeKind.ENUM, "x"))
                .key("id")
                .unique("u", "e");
        create(before);
        postgres.run("INSERT INTO live.t VALUES (1, 'x')");
        TableDefinition renamed = before.build().withId(new TableId("shop", "r"));
        alter(before.build(), renamed, "id", "e");
        TableDefinition moved = before.build().withId(new TableId("archive", "t"));
        alter(renamed, moved, "id", "e");
        assertThat(postgres.rows("SELECT * FROM old.t")).containsExactly("1|x");
        assertThat(postgres.structure("live")).isEmpty();
    }

    @Test
    void tablesSwapNames() throws SQLException {
        SampleTable a = named("a")
                .notNull("id", type(TypeKind.INT))
                .nullable("e", labels(TypeKind.ENUM, "x"))
                .key("id");
        SampleTable b = named("b")
                .notNull("id", type(TypeKind.INT))
                .nullable("e", labels(TypeKind.ENUM, "y"))
                .key("id");
        create(a);
        create(b);
        rename(a.build(), "t");
        rename(b.build(), "a");
        rename(a.build().withId(new TableId("shop", "t")), "b");
        postgres.run("INSERT INTO live.b VALUES (1, 'x')", "INSERT INTO live.a VALUES (2, 'y')");
        postgres.newSchema("fresh");
        List<String> live = postgres.structure("live");
        postgres.run(
                ddl.create(b.build().withId(new TableId("shop", "a")), "fresh").all());
        postgres.run(
                ddl.create(a.build().withId(new TableId("shop", "b")), "fresh").all());
        assertThat(live).isEqualTo(postgres.structure("fresh"));
    }

    private void rename(TableDefinition table, String name) throws SQLException {
        var change = new Altered(
                table,
                table.withId(new TableId("shop", name)),
                table.columns().stream().map(c -> c.name()).toList(),
                "");
        postgres.runInTransaction(writer.write(change, TIME).statements());
    }

    @Test
    void primaryKeyAndIndexesChange() throws SQLException {
        SampleTable before = named("t")
                .notNull("a", type(TypeKind.INT))
                .notNull("b", varchar(300))
                .nullable("c", text(TypeKind.TEXT, ColumnType.NONE))
                .nullable("d", type(TypeKind.BLOB))
                .key("a")
                .index("i", "a", "b")
                .index("k", IndexDefinition.Kind.PLAIN, new IndexDefinition.Part("b", 10, false, ""))
                .unique("u", "b")
                .index("f", IndexDefinition.Kind.FULLTEXT, IndexDefinition.Part.of("c"));
        create(before);
        postgres.run("INSERT INTO live.t VALUES (1, 'x', 'y', 'z')");
        SampleTable after = named("t")
                .notNull("a", type(TypeKind.INT))
                .notNull("b", varchar(300))
                .nullable("c", text(TypeKind.TEXT, ColumnType.NONE))
                .nullable("d", type(TypeKind.BLOB))
                .key("b", "a")
                .index("renamed", "a", "b")
                .index("k", IndexDefinition.Kind.UNIQUE, new IndexDefinition.Part("c", 10, false, ""))
                .index("l", IndexDefinition.Kind.PLAIN, new IndexDefinition.Part("d", 7, true, ""));
        alter(before, after, "a", "b", "c", "d");
        SampleTable noKey =
                named("t").nullable("a", type(TypeKind.INT)).nullable("b", text(TypeKind.TEXT, ColumnType.NONE));
        alter(after, noKey, "a", "b");
        assertThat(postgres.rows("SELECT * FROM live.t")).containsExactly("1|x");
    }

    @Test
    void anAutoIncrementKeyAddedLaterAsksForANewCopyAndHasItsStructure() throws SQLException {
        SampleTable before = named("t").nullable("a", type(TypeKind.INT));
        create(before);
        postgres.run("INSERT INTO live.t VALUES (1), (2)");
        SampleTable after = named("t")
                .nullable("a", type(TypeKind.INT))
                .column(autoIncrement("id", unsigned(TypeKind.INT)))
                .key("id");
        assertThat(alter(before, after, "a", "").resyncReason())
                .isEqualTo("the values of new column 'id' are made by the source");
    }

    @Test
    void aTableIsCreatedReplacedTruncatedAndDroppedWithItsTypes() throws SQLException {
        TableDefinition first =
                named("t").nullable("e", labels(TypeKind.ENUM, "x")).build();
        TableDefinition second =
                named("t").nullable("e", labels(TypeKind.ENUM, "y")).build();
        change(new TableChange.Created(first, false));
        postgres.run("INSERT INTO live.t VALUES ('x')");
        change(new TableChange.Truncated(first.id()));
        assertThat(postgres.rows("SELECT * FROM live.t")).isEmpty();
        change(new TableChange.Created(second, true));
        assertStructureIsThatOfANewTable(second);
        change(new TableChange.Dropped(first.id()));
        assertThat(postgres.structure("live")).isEmpty();
        change(new TableChange.Dropped(first.id()));
    }

    private void change(TableChange change) throws SQLException {
        postgres.runInTransaction(writer.write(change, TIME).statements());
    }

    @Test
    void aViewOfSomebodyElseStopsTheDropAndStays() {
        create(named("t").nullable("a", type(TypeKind.INT)));
        postgres.run("CREATE VIEW live.v AS SELECT a FROM live.t");
        assertThatThrownBy(() -> change(new TableChange.Dropped(new TableId("shop", "t"))))
                .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.SCHEMA_CHANGE_FAILED));
    }

    @Test
    void hostileNamesComeThroughEveryStatement() throws SQLException {
        for (String name :
                List.of("select", "a\"b", "a'b", "back\\slash\\", "$1", "semi;--", "ünïcödé 名前", "x".repeat(64), "?")) {
            emptySchemas();
            SampleTable before = named(name)
                    .notNull(name, type(TypeKind.INT))
                    .column(column("e", labels(TypeKind.ENUM, name, "'", "\\", "a,b"), true, name))
                    .key(name)
                    .index(name, "e", name);
            if (name.length() == 64) {
                before = named(name).notNull(name, type(TypeKind.INT)).key(name).index(name, name);
            }
            create(before);
            SampleTable after =
                    named(name + "2").notNull(name + "3", type(TypeKind.BIGINT)).key(name + "3");
            alter(before, after, name);
            change(new TableChange.Dropped(after.build().id()));
            assertThat(postgres.structure("live")).isEmpty();
        }
    }
}
