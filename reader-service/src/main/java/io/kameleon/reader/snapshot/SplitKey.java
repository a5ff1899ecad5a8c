package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.Identifiers;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns by which a table is cut into ranges: its identity, or as many of its leading columns as compare exactly.
 *
 * <p>Conditions are written out column by column ({@code a >= 1 AND (a > 1 OR (a = 1 AND b > 2))}): for
 * {@code (a, b) > (1, 2)} MySQL scans the index from its start (MySQL 8.4 manual, "Row Constructor Expression Optimization").
 *
 * @param index the index with these leading columns
 */
record SplitKey(String index, List<KeyColumn> columns) {
    SplitKey {
        columns = List.copyOf(columns);
    }

    /** Empty when the table has no identity or its first column cannot bound a range. */
    static Optional<SplitKey> of(TableDefinition table) {
        var columns = new ArrayList<KeyColumn>();
        for (String name : table.identity()) {
            Optional<KeyColumn> column = table.column(name).flatMap(KeyColumn::of);
            if (column.isEmpty()) {
                break;
            }
            columns.add(column.get());
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(new SplitKey(indexOf(table), columns));
    }

    private static String indexOf(TableDefinition table) {
        if (!table.primaryKey().isEmpty()) {
            return "PRIMARY";
        }
        return table.indexes().stream()
                .filter(IndexDefinition::isUnique)
                .filter(i -> i.parts().stream()
                        .map(IndexDefinition.Part::column)
                        .toList()
                        .equals(table.identity()))
                .map(IndexDefinition::name)
                .findFirst()
                .orElseThrow();
    }

    boolean isSingleInteger() {
        return columns.size() == 1 && columns.get(0).form() == KeyColumn.Form.INTEGER;
    }

    /** For FROM: the clause that keeps the optimizer on the key. */
    String forced() {
        return " FORCE INDEX (" + Identifiers.quote(index) + ")";
    }

    String selectList() {
        return columns.stream().map(KeyColumn::selectExpression).collect(Collectors.joining(", "));
    }

    String orderBy(String direction) {
        return columns.stream().map(c -> c.quoted() + direction).collect(Collectors.joining(", "));
    }

    /** The condition of a range, with a leading {@code WHERE}; empty for the whole table. */
    String where(KeyRange range) {
        var conditions = new ArrayList<String>(2);
        if (range.after() != null) {
            conditions.add(after(range.after()));
        }
        if (range.upTo() != null) {
            conditions.add(upTo(range.upTo()));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    String after(KeyBound bound) {
        return condition(bound, 0, ">", ">");
    }

    String upTo(KeyBound bound) {
        return condition(bound, 0, "<", "<=");
    }

    private String condition(KeyBound bound, int column, String strict, String last) {
        String name = columns.get(column).quoted();
        String literal = columns.get(column).literal(bound.values().get(column));
        if (column == columns.size() - 1) {
            return name + " " + last + " " + literal;
        }
        String rest = condition(bound, column + 1, strict, last);
        return "%s %s= %s AND (%s %s %s OR (%s = %s AND %s))"
                .formatted(name, strict, literal, name, strict, literal, name, literal, rest);
    }
}
