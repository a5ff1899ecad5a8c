package io.kameleon.replay.apply;

import io.kameleon.replay.row.DestinationTable;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** From PostgreSQL's SQLSTATE to an error code and a remedy. */
public final class DestinationErrors {
    private static final int CLASS_LENGTH = 2;

    private DestinationErrors() {}

    /** PostgreSQL's SQLSTATE behind the error; empty when it has none. */
    public static String sqlState(ReplicationException error) {
        return error.getCause() instanceof SQLException e && e.getSQLState() != null ? e.getSQLState() : "";
    }

    /**
     * @param table null when the error concerns none
     * @return the exception to throw. PostgreSQL's words about a refused row are not in it, not even as its cause: they hold
     *     column values.
     */
    public static ReplicationException translate(SQLException error, DestinationTable table) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        Map<String, Object> where = where(error, table, state);
        ErrorCode code = code(state);
        return switch (code) {
            case ROW_REFUSED ->
                new ReplicationException(
                        code,
                        "PostgreSQL refuses a row",
                        where,
                        "See 'kameleon show_errors' for the row; correct the destination's constraint or type, then copy"
                                + " the table again.",
                        withoutValues(error));
            case TABLE_UNKNOWN ->
                new ReplicationException(
                        code,
                        "The destination has no such table",
                        where,
                        "Create it, or copy the source again with 'kameleon init_replica'.",
                        error);
            case COLUMN_MISSING ->
                new ReplicationException(
                        code,
                        "The destination lacks a column",
                        where,
                        "Add it in PostgreSQL, then copy it again with 'kameleon init_replica'.",
                        error);
            case TABLE_DEFINITION_MISMATCH ->
                new ReplicationException(
                        code,
                        "PostgreSQL cannot apply rows to the table",
                        where,
                        "Compare the table's structure on both sides, then copy it again with 'kameleon init_replica'.",
                        error);
            case DESTINATION_ACCESS_DENIED ->
                new ReplicationException(
                        code,
                        "PostgreSQL denies access",
                        where,
                        "Grant SELECT, INSERT, UPDATE and DELETE on the table to the user of pg_conn.",
                        error);
            case DESTINATION_BUSY ->
                new ReplicationException(
                        code,
                        "Another session of PostgreSQL is in the way",
                        where,
                        "The batch is tried again. When it goes on, look for long transactions in pg_stat_activity.",
                        error);
            case DESTINATION_UNREACHABLE ->
                new ReplicationException(
                        code,
                        "PostgreSQL cannot be reached or cannot work",
                        where,
                        "The batch is tried again. Check that the server runs, accepts writes and has disk space left.",
                        error);
            default ->
                new ReplicationException(
                        ErrorCode.INTERNAL,
                        "PostgreSQL reports an error that is not expected here",
                        where,
                        "Run with --debug and report it.",
                        error);
        };
    }

    private static ErrorCode code(String state) {
        switch (state) {
            case "42P01", "3F000" -> {
                return ErrorCode.TABLE_UNKNOWN;
            }
            case "42703" -> {
                return ErrorCode.COLUMN_MISSING;
            }
            case "42501" -> {
                return ErrorCode.DESTINATION_ACCESS_DENIED;
            }
            case "40001", "40P01", "55P03", "57014" -> {
                return ErrorCode.DESTINATION_BUSY;
            }
            case "08P01" -> {
                return ErrorCode.INTERNAL;
            }
            case "25006", "25P03", "25P04" -> {
                return ErrorCode.DESTINATION_UNREACHABLE;
            }
            default -> {
                return codeOfClass(state.length() < CLASS_LENGTH ? "" : state.substring(0, CLASS_LENGTH));
            }
        }
    }

    /** Classes: PostgreSQL manual, appendix "PostgreSQL Error Codes". */
    private static ErrorCode codeOfClass(String stateClass) {
        return switch (stateClass) {
            // Data, integrity, a view's check, a limit (index row too large), raised by a trigger
            case "22", "23", "44", "54", "P0" -> ErrorCode.ROW_REFUSED;
            case "0A", "42", "55" -> ErrorCode.TABLE_DEFINITION_MISMATCH;
            case "08", "53", "57", "58" -> ErrorCode.DESTINATION_UNREACHABLE;
            case "28" -> ErrorCode.DESTINATION_ACCESS_DENIED;
            default -> ErrorCode.INTERNAL;
        };
    }

    private static Map<String, Object> where(SQLException error, DestinationTable table, String state) {
        var where = new LinkedHashMap<String, Object>();
        if (table != null) {
            where.put("table", table.toString());
        }
        if (error instanceof PSQLException pg && pg.getServerErrorMessage() != null) {
            ServerErrorMessage message = pg.getServerErrorMessage();
            putIfKnown(where, "column", message.getColumn());
            putIfKnown(where, "constraint", message.getConstraint());
        }
        where.put("sqlstate", state);
        return where;
    }

    private static void putIfKnown(Map<String, Object> where, String name, String value) {
        if (value != null && !value.isEmpty()) {
            where.put(name, value);
        }
    }

    private static SQLException withoutValues(SQLException error) {
        var bare = new SQLException("the server's message is left out: it may hold column values", error.getSQLState());
        bare.setStackTrace(error.getStackTrace());
        return bare;
    }
}
