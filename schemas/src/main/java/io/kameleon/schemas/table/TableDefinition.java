package io.kameleon.schemas.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A table at one position of the binlog: what a row image's n-th value means, and what PostgreSQL has to hold.
 *
 * @param columns    in the order of the row image, invisible and generated ones included
 * @param primaryKey column names in key order; empty without a primary key
 * @param charset    the table's default, for columns added later; MySQL's name
 * @param comment    empty when there is none
 * @param partitioning which rows lie in which partition
 */
public record TableDefinition(
        TableId id,
        List<ColumnDefinition> columns,
        List<String> primaryKey,
        List<IndexDefinition> indexes,
        List<ForeignKeyDefinition> foreignKeys,
        String charset,
        String collation,
        String comment,
        Partitioning partitioning) {
    /** A table without partitions. */
    public TableDefinition(
            TableId id,
            List<ColumnDefinition> columns,
            List<String> primaryKey,
            List<IndexDefinition> indexes,
            List<ForeignKeyDefinition> foreignKeys,
            String charset,
            String collation,
            String comment) {
        this(id, columns, primaryKey, indexes, foreignKeys, charset, collation, comment, Partitioning.NONE);
    }

    public TableDefinition {
        requireNonNull(partitioning, "partitioning");
        requireNonNull(id, "id");
        requireNonNull(charset, "charset");
        requireNonNull(collation, "collation");
        requireNonNull(comment, "comment");
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
    }

    public Optional<ColumnDefinition> column(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /**
     * The columns that identify a row to the replica (F42): the primary key, else the first unique key whose parts are whole,
     * not null and not expressions, else none: then a row is matched by its full image.
     */
    public List<String> identity() {
        if (!primaryKey.isEmpty()) {
            return primaryKey;
        }
        return indexes.stream()
                .filter(this::identifies)
                .findFirst()
                .map(i -> i.parts().stream().map(IndexDefinition.Part::column).toList())
                .orElse(List.of());
    }

    private boolean identifies(IndexDefinition index) {
        return index.isUnique()
                && index.parts().stream()
                        .allMatch(p -> p.prefixLength() == ColumnType.NONE
                                && column(p.column()).filter(c -> !c.nullable()).isPresent());
    }

    public TableDefinition withColumns(List<ColumnDefinition> newColumns) {
        return new TableDefinition(
                id, newColumns, primaryKey, indexes, foreignKeys, charset, collation, comment, partitioning);
    }

    public TableDefinition withPartitioning(Partitioning other) {
        return new TableDefinition(id, columns, primaryKey, indexes, foreignKeys, charset, collation, comment, other);
    }

    public TableDefinition withForeignKeys(List<ForeignKeyDefinition> newForeignKeys) {
        return new TableDefinition(
                id, columns, primaryKey, indexes, newForeignKeys, charset, collation, comment, partitioning);
    }

    public TableDefinition withIndexes(List<IndexDefinition> newIndexes) {
        return new TableDefinition(
                id, columns, primaryKey, newIndexes, foreignKeys, charset, collation, comment, partitioning);
    }

    public TableDefinition withId(TableId newId) {
        return new TableDefinition(
                newId, columns, primaryKey, indexes, foreignKeys, charset, collation, comment, partitioning);
    }
}
