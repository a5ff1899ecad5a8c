package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.network.SSLMode;
import java.time.Duration;

/**
 * Where and as whom to open a replication connection.
 *
 * @param netTimeout the session's {@code net_read_timeout} and {@code net_write_timeout}: how long the server bears a reader
 *                   that is slower than it (F23)
 */
public record BinlogEndpoint(
        String host,
        int port,
        String user,
        String password,
        SSLMode sslMode,
        Duration connectTimeout,
        Duration netTimeout) {
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
