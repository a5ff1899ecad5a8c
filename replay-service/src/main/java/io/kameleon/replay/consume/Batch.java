package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.time.Instant;
import java.util.Optional;

/**
 * What has been read since the last commit in PostgreSQL: how far, and where the last whole source transaction in it ended. One
 * thread only.
 */
final class Batch {
    private long rows;
    private long transactions;
    private long schemaChanges;
    private long lastOffset = -1;
    private long boundaryOffset = -1;
    private Optional<BinlogCoordinates> coordinates = Optional.empty();
    private long sourceMillis;

    void row(long offset) {
        rows++;
        lastOffset = offset;
    }

    void schemaChange(long offset) {
        schemaChanges++;
        lastOffset = offset;
    }

    /** The record at {@code offset} ended a source transaction. */
    void endTransaction(long offset, BinlogCoordinates end, long committedMillis) {
        transactions++;
        boundaryOffset = offset;
        coordinates = Optional.of(end);
        sourceMillis = committedMillis;
    }

    boolean isEmpty() {
        return lastOffset < 0;
    }

    /** Everything read belongs to a source transaction that has ended. */
    boolean isAtBoundary() {
        return lastOffset == boundaryOffset;
    }

    long rows() {
        return rows;
    }

    long lastOffset() {
        return lastOffset;
    }

    /** What this batch adds to the replay position. Only at a boundary. */
    ReplayPosition.Batch result() {
        if (!isAtBoundary()) {
            throw new IllegalStateException("a batch ends inside a source transaction, at offset " + lastOffset);
        }
        return new ReplayPosition.Batch(
                lastOffset + 1,
                coordinates,
                "",
                Optional.of(Instant.ofEpochMilli(sourceMillis)),
                rows,
                transactions,
                schemaChanges);
    }

    void clear() {
        rows = 0;
        transactions = 0;
        schemaChanges = 0;
        lastOffset = -1;
        boundaryOffset = -1;
        coordinates = Optional.empty();
        sourceMillis = 0;
    }
}
