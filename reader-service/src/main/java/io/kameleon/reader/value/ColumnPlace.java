package io.kameleon.reader.value;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.Map;

/** The column that a message speaks of; makes the typed errors of decoding, which never hold a value. */
public record ColumnPlace(TableId table, String column) {
    public ColumnPlace {
        requireNonNull(table, "table");
        requireNonNull(column, "column");
    }

    /** One value does not follow its type's format; the row can be kept aside and the next one read. */
    public ReplicationException malformed(String what) {
        return new ReplicationException(
                ErrorCode.VALUE_MALFORMED,
                "A value of column '" + column + "' " + what,
                Map.of("table", table),
                "Correct the value on the source; the row is kept as a discarded row.");
    }

    /** The tracked definition and the binlog disagree about this column (F29). */
    public ReplicationException mismatch(String what) {
        return new ReplicationException(
                ErrorCode.TABLE_DEFINITION_MISMATCH,
                "Column '" + column + "' " + what,
                Map.of("table", table),
                "A schema change was made outside the binlog (sql_log_bin=0, or on a replica only)."
                        + " Copy the table again with 'kameleon init_replica'.");
    }

    public ReplicationException unsupported(String what) {
        return new ReplicationException(
                ErrorCode.TYPE_UNSUPPORTED,
                "Column '" + column + "' " + what,
                Map.of("table", table),
                "Leave the table out with skip_tables.");
    }
}
