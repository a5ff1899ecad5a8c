package io.kameleon.admin.compare;

import java.util.function.BooleanSupplier;

/** The rows of a table on one server, in any order. One thread at a time. */
interface TableSide {
    /**
     * Reads rows once, as one statement sees them; memory stays bounded.
     *
     * @param predicate SQL after WHERE; empty for all rows
     * @param stopped   asked at each row: true ends the reading early
     */
    void read(String predicate, RowVisitor visitor, BooleanSupplier stopped);

    /** Takes one row. */
    @FunctionalInterface
    interface RowVisitor {
        /** @param values canonical, in the order of the compared columns; the array is used again for the next row */
        void row(String[] values);
    }
}
