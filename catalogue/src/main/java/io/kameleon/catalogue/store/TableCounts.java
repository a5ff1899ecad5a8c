package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;

/**
 * What was applied to one table: a total, or what a batch adds to it. All in rows but the last, which is in statements.
 *
 * @param missingRows   updates and deletes that found no row
 * @param discardedRows rows that were refused and kept
 */
public record TableCounts(
        TableId table,
        long inserts,
        long updates,
        long deletes,
        long missingRows,
        long discardedRows,
        long schemaChanges) {
    public TableCounts {
        requireNonNull(table, "table");
    }

    public static TableCounts none(TableId table) {
        return new TableCounts(table, 0, 0, 0, 0, 0, 0);
    }

    public long rows() {
        return inserts + updates + deletes;
    }
}
