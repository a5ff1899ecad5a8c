package io.kameleon.admin;

import io.kameleon.sandbox.SandboxPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The server that a test replicates into: the sandbox's, started for the test; or the one that the test run was given by {@value
 * #PROPERTY}, as {@code jdbc:postgresql://host:port/?user=...&password=...} of a superuser, where each test makes the database and the
 * user anew.
 *
 * @param jdbcUrl from a database's name, as superuser
 * @param sandbox empty when the server is not the test's to stop
 */
record RigPostgres(
        String host, int port, String replicaPassword, UnaryOperator<String> jdbcUrl, Optional<SandboxPostgres> sandbox)
        implements AutoCloseable {
    static final String PROPERTY = "kameleon.it.postgres.url";

    private static final String GIVEN_PASSWORD = "replica-of-a-test";

    static RigPostgres start(Path directory) throws SQLException {
        String given = System.getProperty(PROPERTY, "");
        return given.isBlank() ? ofSandbox(SandboxPostgres.startIn(directory)) : given(given);
    }

    private static RigPostgres ofSandbox(SandboxPostgres server) {
        return new RigPostgres(
                "127.0.0.1", server.port(), server.replicaPassword(), server::jdbcUrl, Optional.of(server));
    }

    private static RigPostgres given(String url) throws SQLException {
        URI address = URI.create(url.substring("jdbc:".length()));
        UnaryOperator<String> jdbcUrl = database -> "jdbc:postgresql://" + address.getHost() + ":" + address.getPort()
                + "/" + database + "?" + address.getQuery();
        var postgres = new RigPostgres(address.getHost(), address.getPort(), GIVEN_PASSWORD, jdbcUrl, Optional.empty());
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            String user = SandboxPostgres.REPLICA_USER;
            statement.execute("DROP DATABASE IF EXISTS " + SandboxPostgres.REPLICA_DATABASE + " WITH (FORCE)");
            statement.execute("DROP ROLE IF EXISTS " + user);
            statement.execute("CREATE ROLE " + user + " LOGIN PASSWORD '" + GIVEN_PASSWORD + "'");
            statement.execute("CREATE DATABASE " + SandboxPostgres.REPLICA_DATABASE + " OWNER " + user);
        }
        return postgres;
    }

    /** A new connection as superuser. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl.apply(database));
    }

    /** The test's own server, to be stopped and started. */
    SandboxPostgres own() {
        return sandbox.orElseThrow();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgreSQL " + host + ":" + port;
    }

    @Override
    public void close() {
        sandbox.ifPresent(SandboxPostgres::close);
    }
}
