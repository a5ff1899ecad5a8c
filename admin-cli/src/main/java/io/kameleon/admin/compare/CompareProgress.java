package io.kameleon.admin.compare;

import io.kameleon.schemas.table.TableId;

/** Told every few thousand rows, and at the end of a side, by several threads but one at a time; must return soon. */
@FunctionalInterface
public interface CompareProgress {
    CompareProgress NONE = (table, sourceRows, destinationRows, rowsEstimated) -> {};

    /** @param rowsEstimated by the source's statistics; 0 when unknown */
    void rows(TableId table, long sourceRows, long destinationRows, long rowsEstimated);
}
