package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How to reach and log in to one source. Sessions always speak utf8mb4, which holds every other character set.
 *
 * @param name           the source's name in the configuration, for messages
 * @param host           name or address
 * @param port           1 to 65535
 * @param password       called once per connection; an empty array for a user without a password. Never printed
 * @param connectTimeout for the TCP connection and the log-in together
 * @param readTimeout    how long the server waits for this client in the middle of a packet ({@code net_read_timeout})
 */
public record SourceAddress(
        String name,
        String host,
        int port,
        String user,
        Supplier<char[]> password,
        Duration connectTimeout,
        Duration readTimeout,
        SourceTls tls) {
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(600);

    public SourceAddress {
        requireNonNull(name, "name");
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(connectTimeout, "connectTimeout");
        requireNonNull(readTimeout, "readTimeout");
        requireNonNull(tls, "tls");
        if (!host.matches("[-.:%\\w]+")) {
            throw new IllegalArgumentException("'" + host + "' is not a host name or address");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    /** An address with default timeouts and without TLS. */
    public static SourceAddress of(String name, String host, int port, String user, Supplier<char[]> password) {
        return new SourceAddress(
                name, host, port, user, password, DEFAULT_CONNECT_TIMEOUT, DEFAULT_READ_TIMEOUT, SourceTls.DISABLED);
    }

    public SourceAddress withTls(SourceTls newTls) {
        return new SourceAddress(name, host, port, user, password, connectTimeout, readTimeout, newTls);
    }

    /** The place for a message: source and server. */
    public Map<String, Object> where() {
        var where = new LinkedHashMap<String, Object>();
        where.put("source", name);
        where.put("server", host + ":" + port);
        return where;
    }

    @Override
    public String toString() {
        return "source " + name + " at " + host + ":" + port + " as " + user;
    }
}
