package io.kameleon.reader.server;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.SQLException;
import java.util.Map;

/**
 * Turns the driver's errors into ours. The driver's own text stays in the cause: it may quote column values.
 *
 * <p>Error numbers: MySQL 8.4 reference, "Server Error Message Reference"; MariaDB shares those up to 1799.
 */
final class SourceErrors {
    private SourceErrors() {}

    static ReplicationException translate(SQLException error, SourceAddress address, String doing) {
        return translate(error, address.where(), address, doing);
    }

    static ReplicationException translate(
            SQLException error, Map<String, ?> where, SourceAddress address, String doing) {
        if (TlsFault.isIn(error)) {
            return of(
                    ErrorCode.SOURCE_SETTING,
                    "No encrypted connection could be made",
                    where,
                    "Check ssl_mode and ssl_ca, the host name of the source's connection, and that the server offers TLS.",
                    error);
        }
        return switch (error.getErrorCode()) {
            case 1045, 1698, 1251, 2059 ->
                of(
                        ErrorCode.SOURCE_ACCESS_DENIED,
                        "User '" + address.user() + "' was refused with the given password",
                        where,
                        "Check user and password of the source, and from which hosts the user may connect.",
                        error);
            case 1130, 1129 ->
                of(
                        ErrorCode.SOURCE_ACCESS_DENIED,
                        "The server accepts no connection from this host",
                        where,
                        "Create the user for this host, or run FLUSH HOSTS when the host was blocked after errors.",
                        error);
            case 1820, 1862, 3118 ->
                of(
                        ErrorCode.SOURCE_ACCESS_DENIED,
                        "User '" + address.user() + "' is locked or its password has expired",
                        where,
                        "Unlock the user or set a new password on the source.",
                        error);
            case 1044, 1142, 1143, 1227, 1370 ->
                of(
                        ErrorCode.SOURCE_ACCESS_DENIED,
                        "User '" + address.user() + "' lacks a privilege for " + doing,
                        where,
                        "Run the source's check; it lists the GRANT statements that are missing.",
                        error);
            case 1049 ->
                of(
                        ErrorCode.SOURCE_SCHEMA_MISSING,
                        "The schema does not exist on the source",
                        where,
                        "Correct schema_mappings, or create the schema on the source.",
                        error);
            case 1146, 1051, 1054, 1412 ->
                of(
                        ErrorCode.TABLE_DEFINITION_MISMATCH,
                        "The table was changed or dropped while it was read",
                        where,
                        "Copy the table again.",
                        error);
            case 1461 ->
                of(
                        ErrorCode.SOURCE_SETTING,
                        "The server takes no further prepared statement",
                        where,
                        "Raise max_prepared_stmt_count on the source.",
                        error);
            case 1205, 3024, 1969 ->
                of(
                        ErrorCode.TIMED_OUT,
                        "The server gave up waiting during " + doing,
                        where,
                        "Try again when no long transaction holds the table.",
                        error);
            default -> unclassified(error, where, doing);
        };
    }

    private static ReplicationException unclassified(SQLException error, Map<String, ?> where, String doing) {
        if (isConnectionLoss(error)) {
            return of(
                    ErrorCode.SOURCE_UNREACHABLE,
                    "The server could not be reached for " + doing,
                    where,
                    "Check that the server runs, that host and port are right, and that no firewall stands between.",
                    error);
        }
        return of(
                ErrorCode.INTERNAL,
                "The server refused " + doing + " with error " + error.getErrorCode() + " (" + error.getSQLState()
                        + ")",
                where,
                "Run the command again with --debug and report what it prints.",
                error);
    }

    /** Class 08, a shutdown in progress (1053), too many connections (1040), or a session that was ended (1927). */
    static boolean isConnectionLoss(SQLException error) {
        String state = error.getSQLState();
        return state != null && state.startsWith("08")
                || error.getErrorCode() == 1053
                || error.getErrorCode() == 1040
                || error.getErrorCode() == 1927;
    }

    /** A statement that the server's version does not know (1064). */
    static boolean isSyntaxError(SQLException error) {
        return error.getErrorCode() == 1064;
    }

    static boolean isLockTimeout(SQLException error) {
        return error.getErrorCode() == 1205;
    }

    static boolean isTableMissing(SQLException error) {
        return error.getErrorCode() == 1146 || error.getErrorCode() == 1051;
    }

    static boolean isAccessDenied(SQLException error) {
        return switch (error.getErrorCode()) {
            case 1044, 1045, 1142, 1143, 1227, 1370 -> true;
            default -> false;
        };
    }

    private static ReplicationException of(
            ErrorCode code, String what, Map<String, ?> where, String remedy, SQLException cause) {
        return new ReplicationException(code, what, where, remedy, cause);
    }
}
