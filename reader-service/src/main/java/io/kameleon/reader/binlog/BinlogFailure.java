package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import io.kameleon.reader.server.TlsFault;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Locale;
import java.util.Map;

/** Makes of what broke a replication connection an error that says what to do. */
final class BinlogFailure {
    /** ER_MASTER_FATAL_ERROR_READING_BINLOG: one number for many causes; only the text tells them apart (F17). */
    private static final int FATAL_READING_BINLOG = 1236;

    private static final int ACCESS_DENIED = 1045;
    private static final int SPECIFIC_ACCESS_DENIED = 1227;

    private BinlogFailure() {}

    static ReplicationException of(String source, Exception cause) {
        if (cause instanceof AuthenticationException) {
            return denied(source, cause);
        }
        if (TlsFault.isIn(cause)) {
            return untrusted(source, cause);
        }
        if (cause instanceof ServerException server) {
            return switch (server.getErrorCode()) {
                case FATAL_READING_BINLOG -> fatal(source, server);
                case ACCESS_DENIED, SPECIFIC_ACCESS_DENIED -> denied(source, server);
                default -> unreachable(source, cause);
            };
        }
        return unreachable(source, cause);
    }

    private static ReplicationException fatal(String source, ServerException cause) {
        String text = cause.getMessage().toLowerCase(Locale.ROOT);
        if (text.contains("same server_uuid") || text.contains("same server_id") || text.contains("server-id")) {
            return new ReplicationException(
                    ErrorCode.SERVER_ID_CLASH,
                    "Another replica reads from the server under the same server id",
                    Map.of("source", source),
                    "Give this source a my_server_id of its own in the configuration.",
                    cause);
        }
        if (text.contains("could not find first log file") || text.contains("purged") || text.contains("not found")) {
            return new ReplicationException(
                    ErrorCode.BINLOG_PURGED,
                    "The server no longer has the binary log from which to go on",
                    Map.of("source", source),
                    "Run 'kameleon init_replica --source " + source
                            + "' for a new copy, and let the server keep its logs longer (binlog_expire_logs_seconds).",
                    cause);
        }
        return new ReplicationException(
                ErrorCode.BINLOG_CORRUPT,
                "The server cannot send the binary log from the given position: " + cause.getMessage(),
                Map.of("source", source),
                "Check the server's error log; if it was restored or replaced, run 'kameleon init_replica --source "
                        + source + "'.",
                cause);
    }

    private static ReplicationException denied(String source, Exception cause) {
        return new ReplicationException(
                ErrorCode.SOURCE_ACCESS_DENIED,
                "The server refuses the replication user",
                Map.of("source", source),
                "Check user and password, and grant it REPLICATION SLAVE and REPLICATION CLIENT.",
                cause);
    }

    private static ReplicationException untrusted(String source, Exception cause) {
        return new ReplicationException(
                ErrorCode.SOURCE_SETTING,
                "No encrypted replication connection could be made",
                Map.of("source", source),
                "Check ssl_mode and ssl_ca, and the host name of the source's connection.",
                cause);
    }

    private static ReplicationException unreachable(String source, Exception cause) {
        return new ReplicationException(
                ErrorCode.SOURCE_UNREACHABLE,
                "The replication connection broke: " + cause.getMessage(),
                Map.of("source", source),
                "It is opened again by itself; check the server if this goes on.",
                cause);
    }
}
