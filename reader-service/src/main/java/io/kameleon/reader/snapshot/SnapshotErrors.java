package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.SourceAddress;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.Map;

/** The failures that several parts of a snapshot share. */
final class SnapshotErrors {
    private SnapshotErrors() {}

    static ReplicationException tableGone(SourceAddress address, TableId table) {
        return new ReplicationException(
                ErrorCode.TABLE_DEFINITION_MISMATCH,
                "The table does not exist any more",
                where(address, table),
                "Nothing is left to copy; run the copy again if the table was only renamed.");
    }

    static ReplicationException cancelled(SourceAddress address, TableId table) {
        return new ReplicationException(
                ErrorCode.WRONG_STATE,
                "The copy of the table was cancelled",
                where(address, table),
                "Start it again when it is wanted.");
    }

    static Map<String, Object> where(SourceAddress address, TableId table) {
        Map<String, Object> where = address.where();
        where.put("table", table);
        return where;
    }
}
