package io.kameleon.admin.compare;

import io.kameleon.admin.compare.ComparedColumn.Lookup;
import io.kameleon.replay.ddl.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Conditions that select at least the rows of given keys: a source's collation may let more pass, which the key's hash sorts
 * out. Values are literals that cannot end early: digits, hexadecimal digits, or quoted.
 */
final class KeyPredicates {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private KeyPredicates() {}

    /** Whether these rows can be asked for by these columns. */
    static boolean canSelect(List<ComparedColumn> key, List<RowKey> rows) {
        return !key.isEmpty()
                && IntStream.range(0, key.size())
                        .allMatch(i -> hasLiterals(key.get(i).lookup(), i, rows));
    }

    private static boolean hasLiterals(Lookup lookup, int column, List<RowKey> rows) {
        return switch (lookup) {
            case TEXT, BYTES -> true;
            // PostgreSQL's NaN is none.
            case NUMBER -> rows.stream().map(row -> row.values().get(column)).allMatch(v -> v == null || isNumber(v));
            case NONE -> false;
        };
    }

    private static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches();
    }

    static String ofSource(List<ComparedColumn> key, List<RowKey> rows) {
        return anyOf(rows, (row, i) -> {
            ComparedColumn column = key.get(i);
            return equal(column.source().column(), row.values().get(i), v -> sourceLiteral(column.lookup(), v));
        });
    }

    static String ofDestination(List<ComparedColumn> key, List<RowKey> rows) {
        return anyOf(rows, (row, i) -> {
            ComparedColumn column = key.get(i);
            return equal(column.destination().column(), row.values().get(i), v -> literal(column.lookup(), v));
        });
    }

    private interface Condition {
        String of(RowKey row, int column);
    }

    private interface Literal {
        String of(String value);
    }

    private static String anyOf(List<RowKey> rows, Condition condition) {
        return rows.stream()
                .map(row -> IntStream.range(0, row.values().size())
                        .mapToObj(i -> condition.of(row, i))
                        .collect(Collectors.joining(" AND ", "(", ")")))
                .collect(Collectors.joining(" OR "));
    }

    private static String equal(String column, String value, Literal literal) {
        return value == null ? column + " IS NULL" : column + " = " + literal.of(value);
    }

    private static String sourceLiteral(Lookup lookup, String value) {
        return switch (lookup) {
            case NUMBER -> value;
            case TEXT -> "_utf8mb4 X'" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)) + "'";
            case BYTES -> "X'" + value + "'";
            case NONE -> throw new IllegalArgumentException("no literal for this column");
        };
    }

    private static String literal(Lookup lookup, String value) {
        return switch (lookup) {
            case NUMBER -> value;
            case TEXT -> SqlText.literal(value);
            case BYTES -> "decode('" + value + "', 'hex')";
            case NONE -> throw new IllegalArgumentException("no literal for this column");
        };
    }
}
