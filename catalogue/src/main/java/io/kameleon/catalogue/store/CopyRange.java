package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.TableId;
import java.time.Instant;
import java.util.Optional;

/**
 * A range of a table's primary key in the initial copy.
 *
 * @param number      from 0, in key order
 * @param bounds      which keys
 * @param rows        copied; 0 while pending
 * @param coordinates the source's, read before the range was; empty while pending
 * @param finishedAt  empty while pending
 */
public record CopyRange(
        String source,
        TableId table,
        int number,
        Bounds bounds,
        State state,
        long rows,
        Optional<BinlogCoordinates> coordinates,
        Optional<Instant> finishedAt) {
    public CopyRange {
        requireNonNull(source, "source");
        requireNonNull(table, "table");
        requireNonNull(bounds, "bounds");
        requireNonNull(state, "state");
        requireNonNull(coordinates, "coordinates");
        requireNonNull(finishedAt, "finishedAt");
    }

    /** How far a range is. */
    public enum State {
        PENDING,
        COPIED
    }

    /**
     * Keys after {@code lower} up to and with {@code upper}. Holds key values: its text form does not show them.
     *
     * @param lower JSON array of the key columns' values; empty: from the first key
     * @param upper JSON array of the key columns' values; empty: to the last key
     */
    public record Bounds(Optional<String> lower, Optional<String> upper) {
        /** The whole table. */
        public static final Bounds ALL = new Bounds(Optional.empty(), Optional.empty());

        public Bounds {
            requireNonNull(lower, "lower");
            requireNonNull(upper, "upper");
        }

        @Override
        public String toString() {
            return (lower.isPresent() ? "(key" : "(first") + ", " + (upper.isPresent() ? "key]" : "last]");
        }
    }
}
