package io.kameleon.reader.binlog;

/**
 * The event types of the binary log that this reader knows, and what it does about each. Whatever is not listed is {@link
 * #UNKNOWN} and stops the source: a type that a switch forgot is how other tools lose rows (F1 to F4).
 *
 * <p>Codes: MySQL {@code libs/mysql/binlog/event/binlog_event.h}, MariaDB {@code sql/log_event.h}.
 */
public enum BinlogEventType {
    UNKNOWN,
    QUERY,
    STOP,
    ROTATE,
    /** Values that the next statement-based event needs; harmless by themselves. */
    STATEMENT_CONTEXT,
    FORMAT_DESCRIPTION,
    XID,
    /** The file of a statement-based LOAD DATA. */
    LOAD_STATEMENT,
    TABLE_MAP,
    WRITE_ROWS_V1,
    UPDATE_ROWS_V1,
    DELETE_ROWS_V1,
    INCIDENT,
    HEARTBEAT,
    /** Says of itself that it may be passed over, and notes such as the statement's text. */
    IGNORABLE,
    WRITE_ROWS_V2,
    UPDATE_ROWS_V2,
    DELETE_ROWS_V2,
    GTID,
    ANONYMOUS_GTID,
    PREVIOUS_GTIDS,
    XA_PREPARE,
    PARTIAL_UPDATE_ROWS,
    TRANSACTION_PAYLOAD,
    GTID_TAGGED,
    MARIADB_GTID,
    MARIADB_GTID_LIST,
    MARIADB_COMPRESSED;

    private static final BinlogEventType[] BY_CODE = new BinlogEventType[256];

    static {
        set(QUERY, 2);
        set(STOP, 3);
        set(ROTATE, 4);
        set(STATEMENT_CONTEXT, 5, 13, 14); // INTVAR, RAND, USER_VAR
        set(FORMAT_DESCRIPTION, 15);
        set(XID, 16);
        set(LOAD_STATEMENT, 17, 18);
        set(TABLE_MAP, 19);
        set(WRITE_ROWS_V1, 23);
        set(UPDATE_ROWS_V1, 24);
        set(DELETE_ROWS_V1, 25);
        set(INCIDENT, 26);
        set(HEARTBEAT, 27, 41);
        set(
                IGNORABLE, 28, 29, 36, 37, 160,
                161); // ROWS_QUERY, TRANSACTION_CONTEXT, VIEW_CHANGE, ANNOTATE_ROWS, BINLOG_CHECKPOINT
        set(WRITE_ROWS_V2, 30);
        set(UPDATE_ROWS_V2, 31);
        set(DELETE_ROWS_V2, 32);
        set(GTID, 33);
        set(ANONYMOUS_GTID, 34);
        set(PREVIOUS_GTIDS, 35);
        set(XA_PREPARE, 38);
        set(PARTIAL_UPDATE_ROWS, 39);
        set(TRANSACTION_PAYLOAD, 40);
        set(GTID_TAGGED, 42);
        set(MARIADB_GTID, 162);
        set(MARIADB_GTID_LIST, 163);
        set(MARIADB_COMPRESSED, 165, 166, 167, 168, 169, 170, 171);
    }

    private static void set(BinlogEventType type, int... codes) {
        for (int code : codes) {
            BY_CODE[code] = type;
        }
    }

    /** @param code 0 to 255 */
    public static BinlogEventType of(int code) {
        BinlogEventType type = BY_CODE[code];
        return type == null ? UNKNOWN : type;
    }
}
