package io.kameleon.replay.ddl;

import static io.kameleon.replay.ddl.SampleTable.decimal;
import static io.kameleon.replay.ddl.SampleTable.labels;
import static io.kameleon.replay.ddl.SampleTable.sized;
import static io.kameleon.replay.ddl.SampleTable.text;
import static io.kameleon.replay.ddl.SampleTable.type;
import static io.kameleon.replay.ddl.SampleTable.unsigned;
import static io.kameleon.replay.ddl.SampleTable.varchar;

import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Tables, rows and alterations from a seed. */
final class RandomTables {
    private static final List<ColumnType> TYPES = List.of(
            type(TypeKind.TINYINT),
            unsigned(TypeKind.SMALLINT),
            type(TypeKind.INT),
            unsigned(TypeKind.INT),
            type(TypeKind.BIGINT),
            unsigned(TypeKind.BIGINT),
            decimal(5, 2),
            decimal(20, 0),
            type(TypeKind.FLOAT),
            type(TypeKind.DOUBLE),
            sized(TypeKind.BIT, 1),
            sized(TypeKind.BIT, 9),
            sized(TypeKind.BIT, 64),
            varchar(3),
            varchar(40),
            text(TypeKind.CHAR, 5),
            text(TypeKind.TEXT, ColumnType.NONE),
            sized(TypeKind.BINARY, 3),
            sized(TypeKind.VARBINARY, 20),
            type(TypeKind.BLOB),
            type(TypeKind.DATE),
            sized(TypeKind.DATETIME, 0),
            sized(TypeKind.DATETIME, 6),
            sized(TypeKind.TIMESTAMP, 0),
            sized(TypeKind.TIMESTAMP, 4),
            sized(TypeKind.TIME, 2),
            type(TypeKind.YEAR),
            labels(TypeKind.ENUM, "a", "b", "c"),
            labels(TypeKind.ENUM, "c", "A"),
            labels(TypeKind.ENUM, "a", "l".repeat(70)),
            labels(TypeKind.SET, "a", "b", "c"),
            labels(TypeKind.SET, "c", "b"),
            type(TypeKind.JSON));

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "xmin", "select", "a b", "x".repeat(64));

    private final Random random;

    RandomTables(long seed) {
        this.random = new Random(seed);
    }

    TableDefinition table(String name) {
        var names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        var columns = new ArrayList<ColumnDefinition>();
        for (String column : names.subList(0, 1 + random.nextInt(6))) {
            columns.add(column(column));
        }
        return keyed(new TableId("shop", name), columns);
    }

    /** Some columns go, stay, change their names or types; some come. */
    Altered alter(TableDefinition before) {
        var columns = new ArrayList<ColumnDefinition>();
        var previous = new ArrayList<String>();
        var names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        for (ColumnDefinition old : before.columns()) {
            int dice = random.nextInt(10);
            if (dice == 0) {
                continue;
            }
            String name = dice <= 3 ? names.get(columns.size()) : old.name();
            ColumnDefinition changed = dice % 2 == 0 ? column(name) : old.withName(name);
            if (columns.stream().noneMatch(c -> c.name().equals(changed.name()))) {
                columns.add(changed);
                previous.add(old.name());
            }
        }
        for (String name : names.subList(0, 1 + random.nextInt(3))) {
            if (columns.stream().noneMatch(c -> c.name().equals(name))) {
                columns.add(column(name));
                previous.add("");
            }
        }
        String name =
                random.nextInt(4) == 0 ? before.id().name() + "_r" : before.id().name();
        boolean keepsKeys = random.nextBoolean() && keysFit(before, columns);
        TableId id = new TableId("shop", name);
        TableDefinition after = keepsKeys
                ? new TableDefinition(
                        id,
                        columns,
                        before.primaryKey(),
                        before.indexes(),
                        List.of(),
                        "utf8mb4",
                        "utf8mb4_bin",
                        comment())
                : keyed(id, columns);
        return new Altered(before, after, previous, "");
    }

    private static boolean keysFit(TableDefinition before, List<ColumnDefinition> columns) {
        var used = new ArrayList<>(before.primaryKey());
        before.indexes().forEach(i -> i.parts().forEach(p -> used.add(p.column())));
        return used.stream()
                .allMatch(u -> columns.stream().anyMatch(c -> c.name().equals(u)));
    }

    private ColumnDefinition column(String name) {
        ColumnType type = TYPES.get(random.nextInt(TYPES.size()));
        boolean nullable = random.nextInt(3) > 0;
        String comment = random.nextInt(5) == 0 ? "it's \\ " + random.nextInt(9) : "";
        return new ColumnDefinition(name, type, nullable, defaultOf(type), false, false, false, false, false, comment);
    }

    private ColumnDefault defaultOf(ColumnType type) {
        if (random.nextInt(3) > 0) {
            return null;
        }
        return switch (type.kind()) {
            case DATETIME, TIMESTAMP ->
                random.nextBoolean()
                        ? new ColumnDefault(ColumnDefault.Kind.CURRENT_TIMESTAMP, "")
                        : literal("2020-02-29 01:02:03");
            case DATE -> random.nextBoolean() ? literal("0000-00-00") : literal("2020-02-29");
            case TIME -> literal("-01:30:00");
            case BIT -> new ColumnDefault(ColumnDefault.Kind.BITS, "1");
            case CHAR, VARCHAR, BINARY, VARBINARY -> literal("ab");
            case ENUM, SET -> literal(type.labels().get(0));
            case TEXT, BLOB, JSON -> new ColumnDefault(ColumnDefault.Kind.EXPRESSION, "uuid()");
            default -> literal("7");
        };
    }

    private static ColumnDefault literal(String text) {
        return new ColumnDefault(ColumnDefault.Kind.LITERAL, text);
    }

    private TableDefinition keyed(TableId id, List<ColumnDefinition> columns) {
        var key = new ArrayList<String>();
        if (random.nextInt(3) > 0) {
            columns.stream()
                    .map(ColumnDefinition::name)
                    .limit(1 + random.nextInt(2))
                    .forEach(key::add);
        }
        var indexes = new ArrayList<IndexDefinition>();
        for (int i = random.nextInt(4); i > 0; i--) {
            ColumnDefinition column = columns.get(random.nextInt(columns.size()));
            boolean prefix = random.nextBoolean();
            var part = new IndexDefinition.Part(column.name(), prefix ? 2 : ColumnType.NONE, random.nextBoolean(), "");
            boolean unique = random.nextInt(3) == 0;
            indexes.add(new IndexDefinition(
                    "i" + i, unique ? IndexDefinition.Kind.UNIQUE : IndexDefinition.Kind.PLAIN, List.of(part)));
        }
        return new TableDefinition(id, columns, key, indexes, List.of(), "utf8mb4", "utf8mb4_bin", comment());
    }

    private String comment() {
        return random.nextInt(3) == 0 ? "comment " + random.nextInt(3) : "";
    }

    /** One row, as constants in column order; a second one could meet a unique key that the source would refuse as well. */
    List<String> row(TableDefinition table) {
        var row = new ArrayList<String>();
        for (ColumnDefinition column : table.columns()) {
            boolean nullable = column.nullable() && !table.primaryKey().contains(column.name());
            row.add(nullable && random.nextInt(4) == 0 ? "NULL" : value(column.type(), nullable));
        }
        return row;
    }

    private String value(ColumnType type, boolean nullable) {
        String zeroDate = nullable ? "NULL" : "'-infinity'";
        return switch (type.kind()) {
            case TINYINT -> pick("-128", "0", "127");
            case SMALLINT -> pick("0", "65535");
            case INT -> type.unsigned() ? pick("0", "4294967295") : pick("-2147483648", "2147483647");
            case BIGINT -> type.unsigned() ? pick("0", "18446744073709551615") : pick("-9223372036854775808", "1");
            case DECIMAL -> type.scale() == 2 ? pick("-999.99", "999.99", "0.50") : pick("99999999999999999999", "-1");
            case FLOAT -> pick("'3.4028235e38'", "'-1e-45'", "0.5");
            case DOUBLE -> pick("'1.7976931348623157e308'", "'5e-324'", "-2.5");
            case BIT -> "B'" + pick("0", "1").repeat(type.length()) + "'";
            case VARCHAR, CHAR, TEXT -> pick("''", "'1e5'", "'-12'", "'a'", "'é\"'", "'.5x'");
            case BINARY -> "'\\x000102'";
            case VARBINARY, BLOB -> pick("''", "'\\xff00'");
            case DATE -> pick("'1000-01-01'", "'9999-12-31'", zeroDate);
            case DATETIME, TIMESTAMP -> pick("'1970-01-01 00:00:01.5'", "'2038-01-19 03:14:07'", zeroDate);
            case TIME -> pick("'-838:59:59'", "'838:59:59'", "'00:00:00.5'");
            case YEAR -> pick("0", "1901", "2155");
            case ENUM ->
                SqlText.literal(pick("", type.labels().get(0), type.labels().get(1)));
            case SET -> pick("'{}'", "'{c}'", "'{b,c}'");
            case JSON -> pick("'null'", "'{\"a\": [1, 2.50]}'");
            default -> throw new IllegalStateException("no sample value for " + type.declared());
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
