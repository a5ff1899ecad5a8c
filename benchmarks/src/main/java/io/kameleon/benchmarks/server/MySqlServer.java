package io.kameleon.benchmarks.server;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** How to reach the source, MySQL or MariaDB. {@code toString} shows no password. */
public record MySqlServer(Flavour flavour, String host, int port, String user, String password) {
    public enum Flavour {
        MYSQL,
        MARIADB
    }

    public MySqlServer {
        requireNonNull(flavour, "flavour");
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
    }

    /**
     * A new connection that takes several statements per query.
     *
     * @param database may be empty
     */
    public Connection connect(String database) throws SQLException {
        String url = "jdbc:mariadb://" + host + ":" + port + "/" + database
                + "?allowMultiQueries=true&allowPublicKeyRetrieval=true&useServerPrepStmts=false";
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return flavour + " " + user + "@" + host + ":" + port;
    }
}
