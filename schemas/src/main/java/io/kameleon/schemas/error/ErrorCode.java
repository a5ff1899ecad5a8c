package io.kameleon.schemas.error;

/**
 * What went wrong, as a stable name: it stands in messages, in the catalogue and as a metric label, and is never reused.
 *
 * <p>Each code carries the one decision that the loops take from it.
 */
public enum ErrorCode {
    // Configuration and usage
    CONFIGURATION_INVALID(Handling.STOP),
    SOURCE_UNKNOWN(Handling.STOP),
    WRONG_STATE(Handling.STOP),
    ALREADY_RUNNING(Handling.STOP),
    MAPPING_CONFLICT(Handling.STOP),
    // MySQL and MariaDB
    SOURCE_UNREACHABLE(Handling.RETRY),
    SOURCE_ACCESS_DENIED(Handling.STOP),
    SOURCE_SETTING(Handling.STOP),
    SOURCE_SCHEMA_MISSING(Handling.STOP),
    SOURCE_CHANGED(Handling.STOP),
    SERVER_ID_CLASH(Handling.STOP),
    BINLOG_PURGED(Handling.STOP),
    BINLOG_EVENT_UNKNOWN(Handling.STOP),
    BINLOG_CORRUPT(Handling.STOP),
    POSITION_MISSING(Handling.STOP),
    // One table
    TABLE_DEFINITION_MISMATCH(Handling.DISABLE_TABLE),
    TABLE_UNKNOWN(Handling.DISABLE_TABLE),
    STATEMENT_UNSUPPORTED(Handling.DISABLE_TABLE),
    TYPE_UNSUPPORTED(Handling.DISABLE_TABLE),
    ROW_IMAGE_INCOMPLETE(Handling.DISABLE_TABLE),
    COLUMN_MISSING(Handling.DISABLE_TABLE),
    NAME_CONFLICT(Handling.DISABLE_TABLE),
    TABLE_TOO_WIDE(Handling.DISABLE_TABLE),
    SCHEMA_CHANGE_FAILED(Handling.DISABLE_TABLE),
    // One row
    VALUE_OUT_OF_RANGE(Handling.DISCARD_ROW),
    VALUE_MALFORMED(Handling.DISCARD_ROW),
    ROW_REFUSED(Handling.DISCARD_ROW),
    // Kafka and registry
    BROKER_UNREACHABLE(Handling.RETRY),
    BROKER_SETTING(Handling.STOP),
    REGISTRY_UNREACHABLE(Handling.RETRY),
    RECORD_MALFORMED(Handling.STOP),
    RECORD_TOO_LARGE(Handling.STOP),
    WRITER_FENCED(Handling.STOP),
    TOPIC_TRUNCATED(Handling.STOP),
    TRANSACTION_HANGING(Handling.STOP),
    // PostgreSQL
    DESTINATION_UNREACHABLE(Handling.RETRY),
    /** A deadlock, a serialization failure, a lock or statement timeout: the same transaction may pass later. */
    DESTINATION_BUSY(Handling.RETRY),
    DESTINATION_ACCESS_DENIED(Handling.STOP),
    DESTINATION_SETTING(Handling.STOP),
    CATALOGUE_MISSING(Handling.STOP),
    CATALOGUE_VERSION(Handling.STOP),
    /** A table was swapped in behind replay's back: it takes the tables' list anew and applies the batch again. */
    TABLES_CHANGED(Handling.RETRY),
    // The operator's choice
    /** {@code on_error_replay: exit}. */
    STOPPED_BY_POLICY(Handling.STOP),
    // Invariants and waits
    TIMED_OUT(Handling.STOP),
    INTERNAL(Handling.STOP);

    private final Handling handling;

    ErrorCode(Handling handling) {
        this.handling = handling;
    }

    public Handling handling() {
        return handling;
    }

    /** What a loop does about an error: from the mildest to the one that ends the process. */
    public enum Handling {
        /** The row is kept whole as a discarded row; its table goes on. */
        DISCARD_ROW,
        /** The table is disabled with the message; the others go on. */
        DISABLE_TABLE,
        /** The same work is tried again after a bounded wait: the other side is away. */
        RETRY,
        /** The loop ends with the message; going on could lose or double data. */
        STOP
    }
}
