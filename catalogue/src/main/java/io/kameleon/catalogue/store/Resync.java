package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.util.Optional;

/**
 * A table that is to be copied again while its source streams on, or was the last time.
 *
 * @param attempt       unique to the attempt under way or the last one; empty before the first
 * @param loadingSchema where that attempt loads; empty before it has one
 * @param failures      attempts that failed since the table was asked for
 * @param rowsEstimated by the source's statistics
 * @param lastFailure   why the last attempt failed; empty when it did not
 */
public record Resync(
        String source,
        TableId table,
        Cause cause,
        Phase phase,
        String attempt,
        String loadingSchema,
        int failures,
        long rowsCopied,
        long rowsEstimated,
        Optional<String> lastFailure) {
    public Resync {
        requireNonNull(source, "source");
        requireNonNull(table, "table");
        requireNonNull(cause, "cause");
        requireNonNull(phase, "phase");
        requireNonNull(attempt, "attempt");
        requireNonNull(loadingSchema, "loadingSchema");
        requireNonNull(lastFailure, "lastFailure");
    }

    /** Who wants it. */
    public enum Cause {
        /** An operator. */
        ASKED,
        /** A statement whose effect on the rows only the source knows, or that could not be followed. */
        STATEMENT,
        /** A row or a table that PostgreSQL refused. */
        FAILURE
    }

    /** How far it is. */
    public enum Phase {
        WAITING,
        /** The reader is asked for the definition that holds. */
        PREPARING,
        COPYING,
        /** The rows are there; what the stream has had since is applied to them. */
        CATCHING_UP,
        DONE,
        /** Too many attempts failed, or no attempt can help; an operator has to act. */
        GIVEN_UP;

        /** Somebody works on it, or was at it when it died. */
        public boolean isUnderWay() {
            return this == PREPARING || this == COPYING || this == CATCHING_UP;
        }

        public boolean isOver() {
            return this == DONE || this == GIVEN_UP;
        }
    }
}
