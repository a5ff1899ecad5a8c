package io.kameleon.admin.compare;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A row that is not the same on both sides.
 *
 * @param columns source's names of the columns that differ; empty unless DIFFERENT
 */
public record Difference(Kind kind, RowKey key, List<String> columns) {
    public Difference {
        requireNonNull(kind, "kind");
        requireNonNull(key, "key");
        columns = List.copyOf(columns);
    }

    /** How the destination's row differs. */
    public enum Kind {
        /** The source has the row, the destination has not. */
        MISSING,
        /** The destination has the row, the source has not. */
        EXTRA,
        /** Both have the key, with other values. */
        DIFFERENT
    }
}
