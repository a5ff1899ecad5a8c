package io.kameleon.schemas.table;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A secondary index (the primary key is in {@link TableDefinition#primaryKey()}).
 *
 * @param name unique within its table on the source, so not within a PostgreSQL schema (F66)
 */
public record IndexDefinition(String name, Kind kind, List<Part> parts) {
    public IndexDefinition {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        parts = List.copyOf(parts);
    }

    public boolean isUnique() {
        return kind == Kind.UNIQUE;
    }

    public enum Kind {
        PLAIN,
        UNIQUE,
        FULLTEXT,
        SPATIAL
    }

    /**
     * One key part.
     *
     * @param column       the column's name; empty when the part is an expression
     * @param prefixLength characters or bytes of the column that are indexed; {@link ColumnType#NONE} for the whole
     * @param expression   the source's text of a functional key part; empty for a column
     */
    public record Part(String column, int prefixLength, boolean descending, String expression) {
        public Part {
            requireNonNull(column, "column");
            requireNonNull(expression, "expression");
        }

        public static Part of(String column) {
            return new Part(column, ColumnType.NONE, false, "");
        }
    }
}
