package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.network.SSLMode;
import io.kameleon.reader.server.SourceAddress;
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
    /** The replication side of a source's address. */
    public static BinlogEndpoint of(SourceAddress address) {
        SSLMode mode =
                switch (address.tls().mode()) {
                    case DISABLED -> SSLMode.DISABLED;
                    case REQUIRED -> SSLMode.REQUIRED;
                    case VERIFY_CA -> SSLMode.VERIFY_CA;
                    case VERIFY_IDENTITY -> SSLMode.VERIFY_IDENTITY;
                };
        return new BinlogEndpoint(
                address.host(),
                address.port(),
                address.user(),
                new String(address.password().get()),
                mode,
                address.connectTimeout(),
                address.readTimeout());
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
