package io.kameleon.replay.apply;

import static io.kameleon.replay.row.TestTable.column;
import static io.kameleon.replay.row.TestTable.decimal;

import io.kameleon.replay.row.TestTable;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Kinds of tables for random histories: structure on both sides, and random rows. */
enum RandomTable {
    KEYED(
            List.of("id"),
            "id int PRIMARY KEY, name text, amount numeric(12,3), at timestamptz, colour replica.colour, tags text[], doc"
                    + " jsonb, flags bit(9), gone date NOT NULL",
            column("id", TypeKind.INT, 0, false),
            column("name", TypeKind.VARCHAR, 50, true),
            decimal("amount", 12, 3, true),
            column("at", TypeKind.TIMESTAMP, 3, true),
            column("colour", TypeKind.ENUM, 0, true),
            column("tags", TypeKind.SET, 0, true),
            column("doc", TypeKind.JSON, 0, true),
            column("flags", TypeKind.BIT, 9, true),
            column("gone", TypeKind.DATE, 0, false)),
    COMPOSITE(
            List.of("b", "a"),
            "c bytea, a bigint, b varchar(10), PRIMARY KEY (a, b)",
            column("a", TypeKind.BIGINT, 0, false),
            column("b", TypeKind.VARCHAR, 10, false),
            column("c", TypeKind.BLOB, 0, true)),
    UNIQUE(
            List.of("id"),
            "id int PRIMARY KEY, name text UNIQUE, x int, y text, UNIQUE (x, y)",
            column("id", TypeKind.INT, 0, false),
            column("name", TypeKind.VARCHAR, 50, true),
            column("x", TypeKind.INT, 0, true),
            column("y", TypeKind.VARCHAR, 50, true)),
    UNIQUE_BY_EXPRESSION(
            List.of("id"),
            "id int PRIMARY KEY, name text, x int); CREATE UNIQUE INDEX ON replica.t (left(name, 40), x) WHERE x IS NOT"
                    + " NULL; CREATE TABLE replica.unused (id int",
            column("id", TypeKind.INT, 0, false),
            column("name", TypeKind.VARCHAR, 50, true),
            column("x", TypeKind.INT, 0, true)),
    KEYLESS(
            List.of(),
            "id int, doc json, name text",
            column("id", TypeKind.INT, 0, true),
            column("doc", TypeKind.JSON, 0, true),
            column("name", TypeKind.TEXT, 0, true)),
    KEYLESS_NOT_NULL(
            List.of(),
            "id int NOT NULL, amount numeric(12,3), colour replica.colour, f double precision",
            column("id", TypeKind.INT, 0, false),
            decimal("amount", 12, 3, true),
            column("colour", TypeKind.ENUM, 0, true),
            column("f", TypeKind.DOUBLE, 0, true)),
    WIDE(List.of("c0"), wideColumns(), wideDefinitions());

    /** In tables with secondary unique keys, a nullable column of one. */
    static final int UNIQUE_COLUMN = 1;

    private final List<String> primaryKey;
    private final String destinationColumns;
    private final ColumnDefinition[] columns;

    RandomTable(List<String> primaryKey, String destinationColumns, ColumnDefinition... columns) {
        this.primaryKey = primaryKey;
        this.destinationColumns = destinationColumns;
        this.columns = columns.clone();
    }

    TestTable source() {
        return TestTable.of("t", primaryKey, columns);
    }

    String destinationColumns() {
        return destinationColumns;
    }

    boolean hasIdentity() {
        return !primaryKey.isEmpty();
    }

    /** The key's values as text; for a table without identity, nothing. */
    String keyOf(Object[] row) {
        var text = new StringBuilder();
        for (int i = 0; i < columns.length; i++) {
            if (primaryKey.contains(columns[i].name())) {
                text.append(row[i]).append('|');
            }
        }
        return text.toString();
    }

    boolean hasSecondaryUnique() {
        return this == UNIQUE || this == UNIQUE_BY_EXPRESSION;
    }

    boolean isKey(int column) {
        return primaryKey.contains(columns[column].name());
    }

    /** Whether two rows may stand in the table together, by the secondary unique keys. */
    boolean collide(Object[] one, Object[] other) {
        return switch (this) {
            case UNIQUE -> same(one, other, 1) || same(one, other, 2) && same(one, other, 3);
            case UNIQUE_BY_EXPRESSION -> same(one, other, 1) && same(one, other, 2);
            default -> false;
        };
    }

    private static boolean same(Object[] one, Object[] other, int column) {
        return one[column] != null && one[column].equals(other[column]);
    }

    Object[] randomRow(Random random) {
        var row = new Object[columns.length];
        for (int i = 0; i < row.length; i++) {
            boolean nullable = columns[i].nullable() || columns[i].type().kind() == TypeKind.DATE;
            row[i] = nullable && random.nextInt(6) == 0
                    ? null
                    : randomValue(columns[i].type().kind(), random);
        }
        return row;
    }

    private static Object randomValue(TypeKind kind, Random random) {
        int n = random.nextInt(25);
        return switch (kind) {
            case INT -> n;
            case BIGINT -> n * 10_000_000_000L;
            case VARCHAR, TEXT -> n == 0 ? "" : "\u00fc" + n;
            case DECIMAL -> BigDecimal.valueOf(n * 12_345L - 70_000, 3);
            case TIMESTAMP -> "2024-02-%02dT00:00:%02d.500Z".formatted(n % 29 + 1, n);
            case ENUM -> List.of("", "red", "green", "blue").get(n % 4);
            case SET -> List.of("", "a", "a,b", "a b,c,d").get(n % 4);
            case JSON -> "{\"n\": [%d, null]}".formatted(n % 5);
            case BIT -> new byte[] {(byte) n, (byte) (n % 2)};
            case DATE -> 19_000 + n;
            case BLOB -> new byte[] {0, (byte) n, (byte) -n};
            case DOUBLE -> n / 3.0;
            default -> throw new IllegalStateException("no random " + kind);
        };
    }

    private static String wideColumns() {
        var text = new StringBuilder("c0 int PRIMARY KEY");
        for (int i = 1; i < 120; i++) {
            text.append(", c").append(i).append(i % 2 == 0 ? " text" : " bigint");
        }
        return text.toString();
    }

    private static ColumnDefinition[] wideDefinitions() {
        var columns = new ColumnDefinition[120];
        columns[0] = column("c0", TypeKind.INT, 0, false);
        for (int i = 1; i < 120; i++) {
            columns[i] = column("c" + i, i % 2 == 0 ? TypeKind.TEXT : TypeKind.BIGINT, 0, true);
        }
        return columns;
    }
}
