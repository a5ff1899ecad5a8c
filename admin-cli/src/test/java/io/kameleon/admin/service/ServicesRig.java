package io.kameleon.admin.service;

import io.kameleon.admin.Kameleon;
import io.kameleon.sandbox.SandboxKafka;
import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.sandbox.SandboxRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A small cluster: one MariaDB with the databases {@code east} and {@code west}, each a source of its own, Kafka, a registry and
 * PostgreSQL. A third source, {@code north}, stands in the file and was never added.
 */
final class ServicesRig implements AutoCloseable {
    static final List<String> SOURCES = List.of("east", "west");

    private final Path directory;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final SandboxMariaDb mariaDb;
    private final SandboxPostgres postgres;
    private final SandboxRegistry registry;
    private final SandboxKafka kafka;

    ServicesRig(Path directory) {
        this.directory = directory;
        mariaDb = opened(SandboxMariaDb.startIn(directory.resolve("mariadb")));
        postgres = opened(SandboxPostgres.startIn(directory.resolve("postgres")));
        registry = opened(SandboxRegistry.startIn(directory.resolve("registry")));
        kafka = opened(SandboxKafka.start());
    }

    private <T extends AutoCloseable> T opened(T server) {
        started.push(server);
        return server;
    }

    SandboxPostgres postgres() {
        return postgres;
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    String registryUrl() {
        return registry.url();
    }

    Path config() {
        return directory.resolve("cluster.yml");
    }

    Path output(String name) {
        return directory.resolve(name + ".out");
    }

    void writeConfig() throws IOException {
        var sources = new StringBuilder();
        for (String source : List.of("east", "west", "north")) {
            sources.append(
                    """
                      %1$s:
                        type: mariadb
                        sleep_loop: 1
                        db_conn: {host: 127.0.0.1, port: %2$d, user: %3$s, password: "%4$s"}
                        schema_mappings: {%1$s: %1$s_replica}
                    """.formatted(source, mariaDb.port(), SandboxMariaDb.REPLICA_USER, mariaDb.replicaPassword()));
        }
        Files.writeString(config(), """
                pid_dir: %1$s/pid
                log_dir: %1$s/logs
                pg_conn: {host: 127.0.0.1, port: %2$d, user: %3$s, password: "%4$s", database: %5$s}
                kafka: {bootstrap_servers: "%6$s", topic_prefix: cluster}
                schema_registry: {url: "%7$s"}
                sources:
                %8$s""".formatted(
                        directory,
                        postgres.port(),
                        SandboxPostgres.REPLICA_USER,
                        postgres.replicaPassword(),
                        SandboxPostgres.REPLICA_DATABASE,
                        bootstrapServers(),
                        registryUrl(),
                        sources));
    }

    /** Runs a command in this process; fails the test with its words when the exit code is not 0. @return its words */
    String kameleon(String... arguments) {
        var words = new StringWriter();
        var line = Kameleon.commandLine();
        line.setOut(new PrintWriter(words));
        line.setErr(new PrintWriter(words));
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config().toString()));
        int code = line.execute(all.toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError(String.join(" ", arguments) + " ended with " + code + ": " + words);
        }
        return words.toString();
    }

    void onSource(String database, String... statements) throws SQLException {
        try (Connection connection = mariaDb.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void onDestination(String... statements) throws SQLException {
        try (Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    List<String> sourceRows(String source) throws SQLException {
        try (Connection connection = mariaDb.connect(source)) {
            return rows(connection, "SELECT CONCAT_WS('|', id, owner, balance) FROM accounts ORDER BY id");
        }
    }

    List<String> destinationRows(String source) throws SQLException {
        try (Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE)) {
            return rows(
                    connection,
                    "SELECT concat_ws('|', id, owner, balance) FROM " + source + "_replica.accounts ORDER BY id");
        }
    }

    List<String> inPostgres(String query) throws SQLException {
        try (Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE)) {
            return rows(connection, query);
        }
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        var found = new ArrayList<String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
