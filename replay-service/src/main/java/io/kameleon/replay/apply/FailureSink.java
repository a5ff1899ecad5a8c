package io.kameleon.replay.apply;

import io.kameleon.replay.row.RowOperation;
import io.kameleon.schemas.error.ReplicationException;

/**
 * Takes what {@link BatchWriter#flushCarefully} could not apply. Called on the writer's thread inside the caller's transaction,
 * which is usable: the sink may write to the catalogue through the same connection.
 */
public interface FailureSink {
    /**
     * One row that PostgreSQL refuses. What the destination had under its key is still there.
     *
     * @param key      the record's key with wire header; null for a table without identity
     * @param value    the record's value with wire header: the last one of the key when several were collapsed
     * @param sqlState empty when the value was refused before it reached PostgreSQL
     */
    void refused(
            TableTarget target,
            RowOperation operation,
            byte[] key,
            byte[] value,
            ReplicationException cause,
            String sqlState);

    /** A whole table that cannot be written (gone, altered, no privilege): nothing of it has been applied. */
    void tableFailed(TableTarget target, ReplicationException cause);
}
