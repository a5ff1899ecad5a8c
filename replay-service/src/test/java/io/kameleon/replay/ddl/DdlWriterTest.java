package io.kameleon.replay.ddl;

import static io.kameleon.replay.ddl.SampleTable.autoIncrement;
import static io.kameleon.replay.ddl.SampleTable.column;
import static io.kameleon.replay.ddl.SampleTable.decimal;
import static io.kameleon.replay.ddl.SampleTable.labels;
import static io.kameleon.replay.ddl.SampleTable.named;
import static io.kameleon.replay.ddl.SampleTable.now;
import static io.kameleon.replay.ddl.SampleTable.sized;
import static io.kameleon.replay.ddl.SampleTable.text;
import static io.kameleon.replay.ddl.SampleTable.type;
import static io.kameleon.replay.ddl.SampleTable.unsigned;
import static io.kameleon.replay.ddl.SampleTable.varchar;
import static io.kameleon.replay.ddl.SampleTable.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DdlWriterTest {
    private final DdlWriter ddl = new DdlWriter(TypeMapping.lossless(), OptionalInt.of(90));

    @Test
    void aTableIsMadeInPhases() {
        TableStatements statements = ddl.create(
                named("orders")
                        .column(autoIncrement("id", unsigned(TypeKind.INT)))
                        .notNull("name", varchar(255))
                        .column(column("state", labels(TypeKind.ENUM, "new", "it's"), false, "new"))
                        .nullable("note", text(TypeKind.TEXT, ColumnType.NONE))
                        .nullable("photo", type(TypeKind.BLOB))
                        .key("id")
                        .unique("name", "name")
                        .index("note", IndexDefinition.Kind.PLAIN, new IndexDefinition.Part("note", 20, true, ""))
                        .index("photo", IndexDefinition.Kind.PLAIN, new IndexDefinition.Part("photo", 9, false, ""))
                        .index("words", IndexDefinition.Kind.FULLTEXT, IndexDefinition.Part.of("note"))
                        .index("f", IndexDefinition.Kind.PLAIN, new IndexDefinition.Part("", -1, false, "lower(name)"))
                        .comment("It's")
                        .build(),
                "live");
        assertThat(statements.create())
                .containsExactly(
                        "CREATE TYPE \"live\".\"orders__state_enum\" AS ENUM ('', 'new', 'it''s')",
                        "CREATE TABLE \"live\".\"orders\" (\"id\" bigint NOT NULL, \"name\" varchar(255) NOT NULL,"
                                + " \"state\" \"live\".\"orders__state_enum\" NOT NULL DEFAULT 'new', \"note\" text,"
                                + " \"photo\" bytea) WITH (fillfactor = 90)",
                        "COMMENT ON TABLE \"live\".\"orders\" IS 'It''s'");
        assertThat(statements.indexes())
                .containsExactly(
                        "CREATE UNIQUE INDEX \"orders__name\" ON \"live\".\"orders\" (\"name\")",
                        "CREATE INDEX \"orders__note\" ON \"live\".\"orders\" (\"left\"(\"note\", 20) DESC)",
                        "CREATE INDEX \"orders__photo\" ON \"live\".\"orders\" (substring(\"photo\", 1, 9))",
                        "CREATE UNIQUE INDEX \"orders_pkey\" ON \"live\".\"orders\" (\"id\")");
        assertThat(statements.constraints())
                .containsExactly(
                        "ALTER TABLE \"live\".\"orders\" ADD CONSTRAINT \"orders_pkey\" PRIMARY KEY USING INDEX"
                                + " \"orders_pkey\"");
        assertThat(statements.notes())
                .containsExactly(
                        "Index 'words' of shop.orders is not made: it is a FULLTEXT index",
                        "Index 'f' of shop.orders is not made: a part of it is an expression");
    }

    static List<Arguments> defaults() {
        return List.of(
                Arguments.of(column("c", type(TypeKind.INT), true, "-5"), "-5"),
                Arguments.of(column("c", decimal(5, 2), true, "1.50"), "1.50"),
                Arguments.of(column("c", type(TypeKind.DOUBLE), true, "1e10"), "'1e10'"),
                Arguments.of(column("c", varchar(9), true, "it's \\"), " E'it''s \\\\'"),
                Arguments.of(column("c", sized(TypeKind.BINARY, 3), true, "ab"), "decode('616200', 'hex')"),
                Arguments.of(column("c", type(TypeKind.DATE), true, "2020-02-29"), "'2020-02-29'"),
                Arguments.of(column("c", type(TypeKind.DATE), true, "0000-00-00"), ""), // F53
                Arguments.of(column("c", type(TypeKind.DATE), true, "2020-02-30"), ""),
                Arguments.of(column("c", type(TypeKind.DATE), true, "2020-00-01"), ""),
                Arguments.of(
                        column("c", sized(TypeKind.DATETIME, 3), true, "2020-01-02 03:04:05.678"),
                        "'2020-01-02 03:04:05.678'"),
                Arguments.of(column("c", type(TypeKind.TIMESTAMP), true, "2020-01-02"), "'2020-01-02 00:00:00+00'"),
                Arguments.of(column("c", type(TypeKind.TIME), true, "-838:59:59"), "'-838:59:59'"),
                Arguments.of(column("c", labels(TypeKind.SET, "a", "b"), true, "a,b"), "ARRAY['a', 'b']::text[]"),
                Arguments.of(column("c", labels(TypeKind.SET, "a", "b"), true, ""), "ARRAY[]::text[]"),
                Arguments.of(column("c", labels(TypeKind.ENUM, "Ab"), true, "aB"), "'Ab'"),
                Arguments.of(bits("c", sized(TypeKind.BIT, 5), "101"), "B'00101'"),
                Arguments.of(bits("c", type(TypeKind.INT), "101"), "5"),
                Arguments.of(hex("c", sized(TypeKind.VARBINARY, 5), "0aff"), "decode('0aff', 'hex')"),
                Arguments.of(hex("c", varchar(5), "4142"), "'AB'"),
                Arguments.of(hex("c", varchar(5), "ff"), ""),
                Arguments.of(now("c", sized(TypeKind.DATETIME, 6), true), "LOCALTIMESTAMP(6)"),
                Arguments.of(now("c", type(TypeKind.TIMESTAMP), true), "CURRENT_TIMESTAMP(0)"),
                Arguments.of(expression("c", varchar(36), "uuid()"), ""),
                Arguments.of(expression("c", text(TypeKind.TEXT, -1), "(_utf8mb4'it''s')"), "'it''s'"),
                Arguments.of(expression("c", type(TypeKind.INT), "(42)"), "42"),
                Arguments.of(expression("c", type(TypeKind.INT), "(1 + 1)"), ""),
                Arguments.of(autoIncrement("c", type(TypeKind.INT)), ""));
    }

    private static ColumnDefinition bits(String name, ColumnType type, String digits) {
        return with(ColumnDefinition.of(name, type, true), new ColumnDefault(ColumnDefault.Kind.BITS, digits));
    }

    private static ColumnDefinition hex(String name, ColumnType type, String digits) {
        return with(ColumnDefinition.of(name, type, true), new ColumnDefault(ColumnDefault.Kind.HEX, digits));
    }

    private static ColumnDefinition expression(String name, ColumnType type, String text) {
        return with(ColumnDefinition.of(name, type, true), new ColumnDefault(ColumnDefault.Kind.EXPRESSION, text));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void defaultsAreTranslatedOrLeftOut(ColumnDefinition column, String expected) {
        var type = TypeMapping.lossless().map(new TableId("shop", "t"), column);
        assertThat(DefaultWriter.expression(column, type).orElse("")).isEqualTo(expected);
    }

    @Test
    void aLostDefaultIsNotedAndAZeroDateIsNot() {
        var table = named("t")
                .column(expression("id", varchar(36), "uuid()"))
                .column(column("day", type(TypeKind.DATE), false, "0000-00-00"))
                .build();
        assertThat(ddl.create(table, "live").notes())
                .containsExactly("Column 'id' of shop.t gets no default: PostgreSQL has no equal for it");
    }

    @Test
    void tablesOutsideTheMappingsAreLeftAlone() {
        var writer = new SchemaChangeWriter(ddl, Map.of("shop", "live"));
        var inside = named("t").nullable("a", type(TypeKind.INT)).build();
        var outside = inside.withId(new TableId("other", "t"));
        StatementTime time = StatementTime.ofHeader(0);
        assertThat(writer.write(new TableChange.Dropped(outside.id()), time).statements())
                .isEmpty();
        assertThat(writer.write(new TableChange.Created(outside, false), time).statements())
                .isEmpty();
        ChangeStatements left = writer.write(new TableChange.Altered(inside, outside, List.of("a"), ""), time);
        assertThat(left.notes())
                .containsExactly("Table shop.t is dropped: it is now other.t, whose schema is not mapped");
        ChangeStatements entered = writer.write(new TableChange.Altered(outside, inside, List.of("a"), ""), time);
        assertThat(entered.resyncReason()).isEqualTo("the table came from schema 'other', which is not mapped");
    }

    @Test
    void aStatementThatIsNotUnderstoodDisablesTheTable() {
        var writer = new SchemaChangeWriter(ddl, Map.of("shop", "live"));
        var change = new TableChange.Unsupported(new TableId("shop", "t"), "EXCHANGE PARTITION");
        assertThatThrownBy(() -> writer.write(change, StatementTime.ofHeader(0)))
                .hasMessage("STATEMENT_UNSUPPORTED: A statement changed the table in a way that cannot be followed:"
                        + " EXCHANGE PARTITION {table=shop.t}. Copy the table again.");
    }

    @Test
    void aWideningTypeIsAPlainCastSoThatPostgresSparesTheRewrite() {
        var before = new ConvertedColumn(
                "\"c\"",
                ColumnDefinition.of("c", varchar(10), true),
                TypeMapping.lossless().map(new TableId("s", "t"), ColumnDefinition.of("c", varchar(10), true)),
                ColumnDefinition.of("c", varchar(20), true),
                TypeMapping.lossless().map(new TableId("s", "t"), ColumnDefinition.of("c", varchar(20), true)),
                "varchar(20)");
        assertThat(ValueConversion.of(before).using()).isEqualTo(Optional.of("\"c\"::varchar(20)"));
    }
}
