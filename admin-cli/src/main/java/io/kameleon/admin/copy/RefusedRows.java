package io.kameleon.admin.copy;

import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;

/** Keeps the rows that PostgreSQL does not take. Thread-safe. */
interface RefusedRows {
    /** @param row the row record in Avro, whole; null when the source's row has no image */
    void refused(TableId table, byte[] row, ReplicationException reason);
}
