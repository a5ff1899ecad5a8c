package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.catalogue.config.PgConnConfig;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens connections to the destination database, all with the same session settings.
 *
 * <p>Sessions run in UTC and READ COMMITTED, and no timeout of the role or the database can cut a statement. No text of a
 * server error that quotes values is put into exceptions' messages. Each call is a new connection in autocommit mode, which the
 * caller closes. Thread-safe.
 */
public final class PgConnections {
    private static final int APPLICATION_NAME_LENGTH = 63;
    /** A statement or three for each table that changes: the driver's 256 are made again all the time where a thousand do. */
    private static final int STATEMENTS_KEPT = 1024;

    private static final String SESSION = "SET TIME ZONE 'UTC';"
            + " SET default_transaction_isolation = 'read committed';"
            + " SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0";

    private final PgConnConfig config;

    public PgConnections(PgConnConfig config) {
        this.config = requireNonNull(config, "config");
    }

    public PgConnConfig config() {
        return config;
    }

    /**
     * Opens a connection.
     *
     * @param role what it is for, e.g. {@code replay-shop}: shows as {@code kameleon replay-shop} in pg_stat_activity
     * @throws ReplicationException DESTINATION_UNREACHABLE (can be retried), DESTINATION_ACCESS_DENIED or
     *                              DESTINATION_SETTING
     */
    public Connection open(String role) {
        try {
            return connect(role);
        } catch (SQLException e) {
            throw PgErrors.translate(e, "Cannot connect to PostgreSQL", where());
        }
    }

    /** @throws SQLException as the driver has it */
    Connection connect(String role) throws SQLException {
        Connection connection = new Driver().connect(url(), properties(role));
        try {
            set(connection, SESSION);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes the session of a connection as it was when opened; it is in autocommit mode. Proves also that the server is there. */
    void reset(Connection connection) throws SQLException {
        set(connection, "RESET ALL;" + SESSION);
    }

    private static void set(Connection connection, String settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(settings);
        }
    }

    /** For messages: the address, the user and nothing secret. */
    Map<String, Object> where() {
        var where = new LinkedHashMap<String, Object>();
        where.put("destination", config.address());
        where.put("user", config.user());
        return where;
    }

    /** The driver takes the address from the URL only, and the database's name percent-encoded. */
    private String url() {
        String host = config.host();
        String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + bracketed + ":" + config.port() + "/"
                + URLEncoder.encode(config.database(), StandardCharsets.UTF_8);
    }

    private Properties properties(String role) {
        var properties = new Properties();
        PGProperty.USER.set(properties, config.user());
        if (!config.password().isEmpty()) {
            PGProperty.PASSWORD.set(properties, config.password().reveal());
        }
        PGProperty.APPLICATION_NAME.set(properties, applicationName(role));
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds());
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, 0);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.SOCKET_FACTORY.set(properties, KeepAliveSocketFactory.class.getName());
        PGProperty.REWRITE_BATCHED_INSERTS.set(properties, false);
        PGProperty.PREPARED_STATEMENT_CACHE_QUERIES.set(properties, STATEMENTS_KEPT);
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        setTls(properties);
        return properties;
    }

    private void setTls(Properties properties) {
        PGProperty.SSL_MODE.set(
                properties, config.sslMode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        setPath(properties, PGProperty.SSL_ROOT_CERT, config.sslRootCert());
        setPath(properties, PGProperty.SSL_CERT, config.sslCert());
        setPath(properties, PGProperty.SSL_KEY, config.sslKey());
    }

    private static void setPath(Properties properties, PGProperty property, Optional<Path> path) {
        path.ifPresent(file -> property.set(properties, file.toString()));
    }

    private int seconds() {
        return Math.toIntExact(
                Math.min(Integer.MAX_VALUE, (config.connectTimeout().toMillis() + 999) / 1000));
    }

    private static String applicationName(String role) {
        String name = "kameleon " + role;
        return name.length() <= APPLICATION_NAME_LENGTH ? name : name.substring(0, APPLICATION_NAME_LENGTH);
    }

    /** @throws ReplicationException DESTINATION_SETTING when the server cannot be a destination */
    void check(Connection connection) throws SQLException {
        record Server(int version, String encoding, boolean standby) {}
        Server server = Sql.first(
                        connection,
                        row -> new Server(row.getInt(1), row.getString(2), row.getBoolean(3)),
                        "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'),"
                                + " pg_is_in_recovery()")
                .orElseThrow();
        if (server.version < Catalogue.SERVER_VERSION_MIN) {
            throw unfit(
                    "PostgreSQL is older than " + Catalogue.SERVER_VERSION_MIN / 10_000, "Upgrade the server first.");
        }
        if (!"UTF8".equals(server.encoding)) {
            throw unfit(
                    "The database has the encoding " + server.encoding,
                    "Create it with ENCODING 'UTF8': MySQL's text does not fit into another one.");
        }
        if (server.standby) {
            throw unfit("The server is a standby and cannot be written to", "Point pg_conn to the primary.");
        }
    }

    private ReplicationException unfit(String what, String remedy) {
        return new ReplicationException(ErrorCode.DESTINATION_SETTING, what, where(), remedy);
    }
}
