package io.kameleon.admin.compare;

/**
 * A column that both sides have, and how each is asked for its canonical value.
 *
 * @param name   the source's
 * @param lookup how a row is found again by a canonical value of this column
 */
record ComparedColumn(String name, Side source, Side destination, Lookup lookup) {
    /**
     * One side's column.
     *
     * @param column     quoted
     * @param expression what the query selects
     */
    record Side(String column, String expression, ValueReader reader) {}

    /** Literals for a canonical value, where they select at least its row and the destination's column takes them. */
    enum Lookup {
        NUMBER,
        TEXT,
        BYTES,
        /** No literal is sure to find the value: the whole table has to be read. */
        NONE
    }
}
