package io.kameleon.catalogue.store;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Turns what PostgreSQL or its driver says into our codes, by SQLSTATE. */
public final class PgErrors {
    private PgErrors() {}

    /**
     * The error with its place and its remedy. Its message holds the SQLSTATE and no text of the server, which may quote column
     * values; the cause has that.
     *
     * @param what  one sentence without a full stop: what could not be done
     * @param where names, in the order to print
     */
    public static ReplicationException translate(SQLException error, String what, Map<String, ?> where) {
        ErrorCode code = codeOf(error);
        var place = new LinkedHashMap<String, Object>(where);
        if (error.getSQLState() != null) {
            place.put("sqlstate", error.getSQLState());
        }
        return new ReplicationException(code, what, place, remedyOf(code, error.getSQLState()), error);
    }

    /** Whether the connection is of no more use, or the server is away: the same work can be tried on a new connection. */
    public static boolean isConnectionLost(SQLException error) {
        return codeOf(error) == ErrorCode.DESTINATION_UNREACHABLE;
    }

    static ErrorCode codeOf(SQLException error) {
        if (isTlsFailure(error)) {
            return ErrorCode.DESTINATION_SETTING;
        }
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (state) {
            // 08004: pgjdbc, when the server wants a password or TLS that is not there.
            case "08004", "42501" -> ErrorCode.DESTINATION_ACCESS_DENIED;
            case "3D000", "25006", "0A000" -> ErrorCode.DESTINATION_SETTING;
            case "3F000", "42P01" -> ErrorCode.CATALOGUE_MISSING;
            case "55P03", "40P01", "40001" -> ErrorCode.DESTINATION_BUSY;
            default -> codeOfClass(state.length() < 2 ? "" : state.substring(0, 2));
        };
    }

    private static ErrorCode codeOfClass(String stateClass) {
        return switch (stateClass) {
            case "08", "57", "58", "53" -> ErrorCode.DESTINATION_UNREACHABLE;
            case "28" -> ErrorCode.DESTINATION_ACCESS_DENIED;
            default -> ErrorCode.INTERNAL;
        };
    }

    private static String remedyOf(ErrorCode code, String state) {
        return switch (code) {
            case DESTINATION_UNREACHABLE ->
                state != null && state.startsWith("53")
                        ? "The server has run out of connections, memory or disk space: free some."
                        : "Check that PostgreSQL runs and that pg_conn.host and pg_conn.port are right.";
            case DESTINATION_ACCESS_DENIED ->
                "42501".equals(state)
                        ? "Grant the privilege to the user of pg_conn."
                        : "Check user, password and sslmode under pg_conn, and pg_hba.conf on the server.";
            case DESTINATION_SETTING ->
                "3D000".equals(state)
                        ? "Create the database, or correct pg_conn.database."
                        : "Check pg_conn: it has to lead to a writable server, and its TLS settings have to fit the server.";
            case DESTINATION_BUSY ->
                "Others held a lock for too long: see who in pg_stat_activity and pg_locks, and try again.";
            case CATALOGUE_MISSING -> "Run 'kameleon create_replica_schema'.";
            default -> "Run the command again with --debug to see the server's own message.";
        };
    }

    private static boolean isTlsFailure(Throwable error) {
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }
}
