package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a source server.
 *
 * @param charset        MySQL's name of the connection's character set
 * @param sslCa          PEM file of the authorities that the server's certificate is checked against
 * @param sslCert        PEM file of the client's certificate chain; stands together with {@code sslKey}
 * @param sslKey         PEM file of the client's key, unencrypted
 * @param connectTimeout zero waits for ever
 */
public record DbConnConfig(
        String host,
        int port,
        String user,
        Secret password,
        String charset,
        Duration connectTimeout,
        SslMode sslMode,
        Optional<Path> sslCa,
        Optional<Path> sslCert,
        Optional<Path> sslKey) {
    public static final int PORT_DEFAULT = 3306;
    public static final Duration CONNECT_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    public DbConnConfig {
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(charset, "charset");
        requireNonNull(connectTimeout, "connectTimeout");
        requireNonNull(sslMode, "sslMode");
        requireNonNull(sslCa, "sslCa");
        requireNonNull(sslCert, "sslCert");
        requireNonNull(sslKey, "sslKey");
    }

    /** {@code host:port}, for messages. */
    public String address() {
        return host + ":" + port;
    }

    /** MySQL's own names; in the file in lower case. */
    public enum SslMode {
        DISABLED,
        PREFERRED,
        REQUIRED,
        VERIFY_CA,
        VERIFY_IDENTITY
    }
}
