package io.kameleon.replay.row;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One real PostgreSQL for all tests of a JVM; it ends with the JVM. */
public final class TestPostgres {
    private static EmbeddedPostgres server;

    private TestPostgres() {}

    /** A new connection with a transaction open, in an empty schema {@code replica}. */
    public static synchronized Connection connect() throws SQLException {
        if (server == null) {
            server = start();
        }
        Connection connection = server.getPostgresDatabase().getConnection();
        connection.setAutoCommit(false);
        execute(connection, "SET search_path TO replica", "SET TimeZone TO 'Asia/Tokyo'");
        connection.commit();
        return connection;
    }

    public static Connection connectToEmptySchema() throws SQLException {
        Connection connection = connect();
        execute(connection, "DROP SCHEMA IF EXISTS replica CASCADE", "CREATE SCHEMA replica");
        connection.commit();
        return connection;
    }

    public static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The result's rows, columns joined by {@code |}, null as {@code NULL}. */
    public static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                var line = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    String text = rows.getString(i);
                    line.append(i == 1 ? "" : "|").append(text == null ? "NULL" : text);
                }
                found.add(line.toString());
            }
            return found;
        }
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres started =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started), "stop-postgres"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres started) {
        try {
            started.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
