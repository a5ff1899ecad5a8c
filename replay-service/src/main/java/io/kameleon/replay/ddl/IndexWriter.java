package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Secondary indexes as PostgreSQL makes them; those that it cannot make are skipped, with a reason. */
final class IndexWriter {
    private IndexWriter() {}

    /** Why the index is left out; empty for one that is made. */
    static String skipReason(TableModel table, IndexDefinition index) {
        return switch (index.kind()) {
            case FULLTEXT -> "it is a FULLTEXT index";
            case SPATIAL -> "it is a SPATIAL index";
            case PLAIN, UNIQUE -> partReason(table, index);
        };
    }

    private static String partReason(TableModel table, IndexDefinition index) {
        for (IndexDefinition.Part part : index.parts()) {
            if (!part.expression().isEmpty()) {
                return "a part of it is an expression";
            }
            Optional<ColumnDefinition> column = table.definition().column(part.column());
            if (column.isEmpty()) {
                return "column '" + part.column() + "' is not in the table";
            }
            if (column.get().type().kind() == TypeKind.GEOMETRY) {
                return "column '" + part.column() + "' is a geometry";
            }
            if (table.type(column.get()).text().equalsIgnoreCase("json")) {
                return "column '" + part.column() + "' is json, which has no order";
            }
        }
        return "";
    }

    /** {@code CREATE INDEX} on a table of which the name on the destination is given whole. */
    static String create(TableModel table, IndexDefinition index) {
        return "CREATE " + (index.isUnique() ? "UNIQUE " : "") + "INDEX " + SqlText.identifier(name(table, index))
                + " ON " + table.qualifiedName() + " (" + parts(table, index) + ")";
    }

    static String name(TableModel table, IndexDefinition index) {
        return DestinationNames.index(table.definition().id().name(), index.name());
    }

    /** What the index is made of, without its name: equal for indexes that need not be built again. */
    static String shape(TableModel table, IndexDefinition index) {
        return (index.isUnique() ? "UNIQUE " : "") + "(" + parts(table, index) + ")";
    }

    private static String parts(TableModel table, IndexDefinition index) {
        return index.parts().stream().map(p -> part(table, p)).collect(Collectors.joining(", "));
    }

    private static String part(TableModel table, IndexDefinition.Part part) {
        ColumnDefinition column = table.column(part.column());
        String name = SqlText.identifier(DestinationNames.column(column.name()));
        return (isPrefix(table, part) ? prefix(name, table.type(column).family(), part.prefixLength()) : name)
                + (part.descending() ? " DESC" : "");
    }

    /** Whether less than the whole column is indexed: in PostgreSQL an expression. */
    static boolean isPrefix(TableModel table, IndexDefinition.Part part) {
        if (part.prefixLength() == ColumnType.NONE) {
            return false;
        }
        ColumnDefinition column = table.column(part.column());
        PostgresType type = table.type(column);
        boolean whole = column.type().length() != ColumnType.NONE
                && part.prefixLength() >= column.type().length();
        return !whole && (type.family().isText() || type.family() == Family.BYTEA);
    }

    private static String prefix(String name, Family family, int length) {
        return family == Family.BYTEA
                ? "substring(" + name + ", 1, " + length + ")"
                : "\"left\"(" + name + ", " + length + ")";
    }

    static List<String> notes(TableModel table) {
        var notes = new ArrayList<String>();
        for (IndexDefinition index : table.definition().indexes()) {
            String reason = skipReason(table, index);
            if (!reason.isEmpty()) {
                notes.add(
                        "Index '" + index.name() + "' of " + table.definition().id() + " is not made: " + reason);
            }
        }
        return notes;
    }
}
