package io.kameleon.replay.ddl;

import io.kameleon.schemas.change.RowSet;
import io.kameleon.schemas.change.RowSet.Between;
import io.kameleon.schemas.change.RowSet.OneOf;
import io.kameleon.schemas.change.TableChange.RowsRemoved;
import io.kameleon.schemas.table.Partitioning.Value;
import java.util.ArrayList;
import java.util.List;

/** Writes the removal of rows that are told by the values of some columns. Stateless. */
final class DeleteWriter {
    private DeleteWriter() {}

    /** @param table qualified and quoted */
    static List<String> statements(String table, RowsRemoved change) {
        return change.rows().stream()
                .map(rows -> "DELETE FROM " + table + condition(rows))
                .toList();
    }

    private static String condition(RowSet rows) {
        if (rows instanceof Between between) {
            return " WHERE " + between(between);
        }
        return rows instanceof OneOf oneOf ? " WHERE " + oneOf(oneOf) : "";
    }

    private static String between(Between rows) {
        var conditions = new ArrayList<String>();
        if (!rows.from().isEmpty()) {
            conditions.add("(" + atLeast(rows.columns(), rows.from(), 0) + ")");
        }
        if (!rows.to().isEmpty()) {
            conditions.add("(" + below(rows.columns(), rows.to(), 0) + ")");
        }
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    /** A null is below every value. */
    private static String below(List<String> columns, List<Value> bound, int index) {
        if (bound.get(index).kind() == Value.Kind.MAXVALUE) {
            return "true";
        }
        String column = column(columns.get(index));
        String value = literal(bound.get(index));
        String less = column + " IS NULL OR " + column + " < " + value;
        return index + 1 == columns.size()
                ? less
                : less + " OR " + column + " = " + value + " AND (" + below(columns, bound, index + 1) + ")";
    }

    private static String atLeast(List<String> columns, List<Value> bound, int index) {
        if (bound.get(index).kind() == Value.Kind.MAXVALUE) {
            return "false";
        }
        String column = column(columns.get(index));
        String value = literal(bound.get(index));
        return index + 1 == columns.size()
                ? column + " >= " + value
                : column + " > " + value + " OR " + column + " = " + value + " AND ("
                        + atLeast(columns, bound, index + 1) + ")";
    }

    private static String oneOf(OneOf rows) {
        var tuples = new ArrayList<String>();
        for (List<Value> tuple : rows.tuples()) {
            var columns = new ArrayList<String>();
            for (int i = 0; i < tuple.size(); i++) {
                String column = column(rows.columns().get(i));
                boolean isNull = tuple.get(i).kind() == Value.Kind.NULL;
                columns.add(column + (isNull ? " IS NULL" : " = " + literal(tuple.get(i))));
            }
            tuples.add("(" + String.join(" AND ", columns) + ")");
        }
        return String.join(" OR ", tuples);
    }

    private static String column(String name) {
        return SqlText.identifier(DestinationNames.column(name));
    }

    private static String literal(Value value) {
        return value.kind() == Value.Kind.NUMBER ? value.text() : SqlText.literal(value.text());
    }
}
