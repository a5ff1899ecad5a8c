package io.kameleon.reader.snapshot;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.table.TableId;

/**
 * What a finished copy of one table is worth.
 *
 * @param rows            read, refused ones included
 * @param consistentPoint how the table's events are taken from here depends on {@code exactness}
 * @param millis          from the first to the last row, waits included
 * @param lockMillis      how long writers of the table were held up at most; 0 without a lock
 */
public record TableSnapshot(
        TableId table, long rows, SourcePosition consistentPoint, Exactness exactness, long millis, long lockMillis) {
    public TableSnapshot {
        requireNonNull(table, "table");
        requireNonNull(consistentPoint, "consistentPoint");
        requireNonNull(exactness, "exactness");
    }

    public boolean exact() {
        return exactness == Exactness.EXACT;
    }

    /** How the copy relates to its consistent point. */
    public enum Exactness {
        /**
         * Each row is of some moment between the stream's start and the point: events up to the point apply idempotently
         * (insert or replace, delete if there), later ones strictly.
         */
        UP_TO,
        /** The rows are exactly those at the point: events up to it are skipped, later ones apply strictly. */
        EXACT
    }
}
