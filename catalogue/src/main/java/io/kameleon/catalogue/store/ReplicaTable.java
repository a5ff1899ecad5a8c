package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.TableId;
import java.time.Instant;
import java.util.Optional;

/**
 * A table of a source as the catalogue knows it.
 *
 * @param consistentPoint from where on the table's events apply as they are; empty before the copy is done, and again once a
 *                        change of server has made old coordinates meaningless
 * @param exact           the copy was taken at the consistent point itself, so that what lies before is in it
 * @param reason          why the table is disabled or not replicated; empty otherwise
 * @param rowsCopied      rows of the last initial copy
 * @param counts          what replay has applied since the table was added or copied again
 * @param lastChangeAt    when replay last applied something to it
 */
public record ReplicaTable(
        String source,
        TableId id,
        String destinationSchema,
        String destinationTable,
        State state,
        Optional<ConsistentPoint> consistentPoint,
        boolean exact,
        Optional<Reason> reason,
        long rowsCopied,
        TableCounts counts,
        Optional<Instant> lastChangeAt) {
    public ReplicaTable {
        requireNonNull(source, "source");
        requireNonNull(id, "id");
        requireNonNull(destinationSchema, "destinationSchema");
        requireNonNull(destinationTable, "destinationTable");
        requireNonNull(state, "state");
        requireNonNull(consistentPoint, "consistentPoint");
        requireNonNull(reason, "reason");
        requireNonNull(counts, "counts");
        requireNonNull(lastChangeAt, "lastChangeAt");
    }

    /** Whether replay that has come to {@code replayed} has left the table's copy behind. */
    public boolean isConsistentAt(BinlogCoordinates replayed) {
        return consistentPoint
                .map(point -> !replayed.isBefore(point.coordinates()))
                .orElse(state == State.REPLICATED);
    }

    /** Left out because an operator wants it, not because something failed. */
    public boolean isPaused() {
        return state == State.DISABLED
                && reason.filter(r -> r.code().equals(Reason.PAUSED)).isPresent();
    }

    /** What happens to the table's events. */
    public enum State {
        /** The initial copy is under way; events wait for its consistent point. */
        COPYING,
        /** Events are applied. */
        REPLICATED,
        /** Events are left out until the table is copied again. */
        DISABLED,
        /** Never was copied, by configuration or because PostgreSQL cannot hold it. */
        NOT_REPLICATED
    }

    /**
     * The coordinates from which a table's events apply.
     *
     * @param gtidSet empty when the server keeps no GTIDs
     */
    public record ConsistentPoint(BinlogCoordinates coordinates, String gtidSet) {
        public ConsistentPoint {
            requireNonNull(coordinates, "coordinates");
            requireNonNull(gtidSet, "gtidSet");
        }
    }

    /** @param code name of an {@link io.kameleon.schemas.error.ErrorCode}, or {@link #PAUSED} */
    public record Reason(String code, String text) {
        /** An operator's wish, no error. */
        public static final String PAUSED = "PAUSED";

        public Reason {
            requireNonNull(code, "code");
            requireNonNull(text, "text");
        }
    }
}
