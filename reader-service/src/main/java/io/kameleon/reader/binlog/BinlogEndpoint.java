package io.kameleon.reader.binlog;

import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceTls;
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
        SourceTls tls,
        Duration connectTimeout,
        Duration netTimeout) {
    /** The replication side of a source's address. */
    public static BinlogEndpoint of(SourceAddress address) {
        return new BinlogEndpoint(
                address.host(),
                address.port(),
                address.user(),
                new String(address.password().get()),
                address.tls(),
                address.connectTimeout(),
                address.readTimeout());
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
