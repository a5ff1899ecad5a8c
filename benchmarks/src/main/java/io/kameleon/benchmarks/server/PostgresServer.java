package io.kameleon.benchmarks.server;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How to reach the destination, as superuser. {@code toString} shows no password.
 *
 * @param programs the directory of {@code psql}; empty when it is not there
 */
public record PostgresServer(String host, int port, String user, String password, Optional<Path> programs) {
    public PostgresServer {
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(programs, "programs");
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user, password);
    }

    /** Without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
