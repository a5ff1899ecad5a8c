package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach the destination database.
 *
 * @param password       {@link Secret#NONE}: the driver looks for a {@code .pgpass} file
 * @param sslRootCert    authorities that the server's certificate is checked against; empty means the driver's default place
 * @param connectTimeout zero waits for ever
 */
public record PgConnConfig(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        SslMode sslMode,
        Optional<Path> sslRootCert,
        Optional<Path> sslCert,
        Optional<Path> sslKey,
        Duration connectTimeout) {
    public static final int PORT_DEFAULT = 5432;
    public static final Duration CONNECT_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    public PgConnConfig {
        requireNonNull(host, "host");
        requireNonNull(database, "database");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(sslMode, "sslMode");
        requireNonNull(sslRootCert, "sslRootCert");
        requireNonNull(sslCert, "sslCert");
        requireNonNull(sslKey, "sslKey");
        requireNonNull(connectTimeout, "connectTimeout");
    }

    /** A connection without client certificates, encrypted where the server offers it. */
    public static PgConnConfig of(String host, int port, String database, String user, Secret password) {
        return new PgConnConfig(
                host,
                port,
                database,
                user,
                password,
                SslMode.PREFER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CONNECT_TIMEOUT_DEFAULT);
    }

    /** {@code host:port/database}, for messages. */
    public String address() {
        return host + ":" + port + "/" + database;
    }

    /** PostgreSQL's own names; in the file in lower case with hyphens. */
    public enum SslMode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL
    }
}
