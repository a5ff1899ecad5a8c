package io.kameleon.catalogue.store;

import io.kameleon.catalogue.config.PgConnConfig;
import io.kameleon.catalogue.config.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL server for all tests of the run, and a database of its own for each that asks. */
final class TestDatabase {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    static int port() {
        return SERVER.getPort();
    }

    /** A new, empty database in UTF8. */
    static PgConnConfig create() {
        return create("ENCODING 'UTF8' TEMPLATE template0");
    }

    static PgConnConfig create(String options) {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + " " + options);
        return PgConnConfig.of("localhost", port(), name, "postgres", Secret.NONE);
    }

    static void execute(String database, String... statements) {
        try (Connection connection = SERVER.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
