package io.kameleon.reader.binlog;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A statement in the log, with the session facts that travel beside it (F26).
 *
 * @param database the session's default database, empty when there was none
 * @param session the session's settings, as far as the event has them
 */
public record QueryEvent(String database, String statement, StatusVariables session) {
    private static final int FIXED_LENGTH = 13;
    private static final byte[] BEGIN = "BEGIN".getBytes(StandardCharsets.US_ASCII);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /**
     * Body: thread id (4), seconds (4), length of the database (1), error code (2), length of the status variables (2), status
     * variables, database, a zero byte, statement.
     */
    public static QueryEvent parse(byte[] body) {
        if (body.length < FIXED_LENGTH) {
            throw corrupt(body.length);
        }
        var in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        int databaseLength = in.get(8) & 0xFF;
        int statusLength = in.getShort(11) & 0xFFFF;
        int databaseAt = FIXED_LENGTH + statusLength;
        int statementAt = databaseAt + databaseLength + 1;
        if (statementAt > body.length) {
            throw corrupt(body.length);
        }
        StatusVariables session = StatusVariables.parse(in, FIXED_LENGTH, databaseAt);
        return new QueryEvent(
                text(body, databaseAt, databaseLength),
                statement(body, statementAt, session.clientCollation()),
                session);
    }

    /** Whether the statement is {@code BEGIN}, told without parsing the rest. */
    public static boolean isBegin(byte[] body) {
        int from = body.length - BEGIN.length;
        if (from < FIXED_LENGTH || !Arrays.equals(body, from, body.length, BEGIN, 0, BEGIN.length)) {
            return false;
        }
        int databaseLength = body[8] & 0xFF;
        int statusLength = (body[11] & 0xFF) | (body[12] & 0xFF) << 8;
        return FIXED_LENGTH + statusLength + databaseLength + 1 == from;
    }

    private static String statement(byte[] body, int from, int clientCollation) {
        return ClientCharset.of(clientCollation)
                .map(charset -> new String(body, from, body.length - from, charset))
                .orElseGet(() -> text(body, from, body.length - from));
    }

    /** Statements come in the client's character set: UTF-8, or else what is left is read as MySQL's latin1. */
    private static String text(byte[] body, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(body, from, length, WINDOWS_1252);
        }
    }

    private static ReplicationException corrupt(int length) {
        return new ReplicationException(
                ErrorCode.BINLOG_CORRUPT,
                "A query event of " + length + " bytes is cut short",
                Map.of(),
                "Check the log on the server with mysqlbinlog --verify-binlog-checksum.");
    }
}
