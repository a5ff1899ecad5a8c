package io.kameleon.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.admin.Kameleon;
import io.kameleon.benchmarks.kameleon.KameleonCommand;
import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.LocalServers;
import io.kameleon.benchmarks.server.MySqlServer.Flavour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others' tools read a topic as Kameleon writes it. Fetches Kafka Connect and Debezium, so it is outside the default run. */
@Tag("ecosystem")
class EcosystemIT {
    private static final String SOURCE = "office";
    private static final String SCHEMA = "bench_office";
    private static final int FLINK_RUNS_MAX = 4;
    private static final String UNDEFINED_COLUMN = "42703";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CLIENT =
            "SELECT id, name, amount, born, seen, vip, note, later FROM %s.client ORDER BY id";
    private static final String VISIT = "SELECT client, day, minutes FROM %s.visit ORDER BY client, day";

    @TempDir
    Path directory;

    private LocalServers servers;
    private Path config;

    @BeforeEach
    void startServers() throws Exception {
        // PostgreSQL runs as another user when this is root
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        servers = LocalServers.start(directory, Optional.empty());
        onSource("CREATE DATABASE " + SCHEMA + " CHARACTER SET utf8mb4");
        onDestination("postgres", "CREATE DATABASE office");
    }

    @AfterEach
    void stopServers() throws Exception {
        servers.close();
    }

    /** Of a source with one table: Flink takes every record of a topic for a row of the table that it was told. */
    @Test
    void flinkReadsTheSameRows() throws Exception {
        FlinkInstallation flink = FlinkInstallation.fetch(directory.resolve("flink"));
        onSource("CREATE TABLE " + SCHEMA + ".reading (id BIGINT PRIMARY KEY, name VARCHAR(40) NOT NULL,"
                + " amount DECIMAL(12,3), born DATE, seen DATETIME(3), vip BIT(1), weight DOUBLE)");
        register();
        try (ChildProcess reader = reader()) {
            onSource(
                    "USE " + SCHEMA,
                    "INSERT INTO reading VALUES (1, 'Ann', 12.345, '1980-02-29', '2026-01-31 23:59:59.123', b'1', 1.5),"
                            + " (2, 'Bőb', NULL, NULL, NULL, NULL, NULL),"
                            + " (3, 'Cid', -0.001, '2000-01-01', '1999-12-31 00:00:00', b'0', -1e100)",
                    "UPDATE reading SET amount = amount + 1, name = 'Anne' WHERE id = 1",
                    "UPDATE reading SET id = 9223372036854775807 WHERE id = 2",
                    "DELETE FROM reading WHERE id = 3",
                    "INSERT INTO reading (id, name) VALUES (4, 'last')");
            List<String> wanted = List.of(
                    "1|Anne|13.345|1980-02-29|2026-01-31T23:59:59.123|true|1.5",
                    "4|last|null|null|null|null|null",
                    "9223372036854775807|Bőb|null|null|null|null|null");
            List<String> found = List.of();
            for (int i = 0; i < FLINK_RUNS_MAX && !found.equals(wanted); i++) { // it reads what is there when it starts
                found = flink.rows(
                        servers.bootstrapServers(),
                        "eco." + SOURCE,
                        servers.registryUrl(),
                        "id BIGINT NOT NULL, name STRING NOT NULL, amount DECIMAL(12, 3), born DATE, seen TIMESTAMP(3),"
                                + " vip BOOLEAN, weight DOUBLE");
            }
            assertThat(found).isEqualTo(wanted);
            assertThat(reader.handle().isAlive()).as(reader.tail()).isTrue();
        }
    }

    @Test
    void debeziumsJdbcSinkMakesTheSameTables() throws Exception {
        createBothSides();
        register();
        try (ChildProcess reader = reader();
                var worker =
                        ConnectWorker.start(PeerInstallation.of(servers.mysql().flavour()), servers, directory)) {
            worker.create(DebeziumSink.NAME, sink());
            worker.resume(DebeziumSink.NAME);
            change();
            awaitEqual(CLIENT, worker);
            awaitEqual(VISIT, worker);
            assertThat(reader.handle().isAlive()).as(reader.tail()).isTrue();
        }
    }

    private ChildProcess reader() {
        return ChildProcess.java(
                "reader",
                directory.resolve("reader.log"),
                List.of("-Xmx256m"),
                Kameleon.class,
                List.of("read_replica", "--source", SOURCE, "--config", config.toString()));
    }

    private void createBothSides() throws Exception {
        onSource(
                "CREATE TABLE " + SCHEMA
                        + ".client (id BIGINT PRIMARY KEY, name VARCHAR(40) NOT NULL, amount DECIMAL(12,3),"
                        + " born DATE, seen DATETIME(6), vip BIT(1), note TEXT)",
                "CREATE TABLE " + SCHEMA + ".visit (client BIGINT, day DATE, minutes INT, PRIMARY KEY (client, day))");
        onDestination(
                "office",
                "CREATE SCHEMA sink",
                "CREATE TABLE sink.client (id bigint PRIMARY KEY, name varchar(40) NOT NULL, amount numeric(12,3), born date,"
                        + " seen timestamp(6), vip boolean, note text)",
                "CREATE TABLE sink.visit (client bigint, day date, minutes integer, PRIMARY KEY (client, day))");
    }

    /** The tables of the source as they are now. */
    private void register() throws Exception {
        config = directory.resolve("kameleon.yml");
        Files.writeString(config, """
                pg_conn: {host: %s, port: %d, user: "%s", password: "%s", database: office}
                kafka: {bootstrap_servers: "%s", topic_prefix: eco}
                schema_registry: {url: "%s"}
                sources:
                  %s:
                    type: %s
                    db_conn: {host: %s, port: %d, user: "%s", password: "%s"}
                    schema_mappings: {%s: office}
                """.formatted(
                        servers.postgres().host(),
                        servers.postgres().port(),
                        servers.postgres().user(),
                        servers.postgres().password(),
                        servers.bootstrapServers(),
                        servers.registryUrl(),
                        SOURCE,
                        servers.mysql().flavour() == Flavour.MYSQL ? "mysql" : "mariadb",
                        servers.mysql().host(),
                        servers.mysql().port(),
                        servers.mysql().user(),
                        servers.mysql().password(),
                        SCHEMA));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        KameleonCommand.run(config, "create_replica_schema");
        KameleonCommand.run(config, "add_source", "--source", SOURCE);
        KameleonCommand.run(config, "init_replica", "--source", SOURCE);
    }

    /** What docs/topics.md tells a consumer of this kind to set. */
    private Map<String, String> sink() {
        Map<String, String> settings =
                DebeziumSink.upserting(servers.postgres(), new Destination("office", "sink"), List.of("eco." + SOURCE));
        settings.put("schema.evolution", "basic");
        settings.put("consumer.override.isolation.level", "read_committed");
        settings.put("transforms", "rows");
        settings.put("transforms.rows.type", "org.apache.kafka.connect.transforms.Filter");
        settings.put("transforms.rows.predicate", "change");
        settings.put("predicates", "change");
        settings.put("predicates.change.type", "org.apache.kafka.connect.transforms.predicates.HasHeaderKey");
        settings.put("predicates.change.name", "kameleon.schema-change");
        return settings;
    }

    private void change() throws SQLException {
        onSource(
                "USE " + SCHEMA,
                "INSERT INTO client VALUES (1, 'Ann', 12.345, '1980-02-29', '2026-01-31 23:59:59.123456', b'1', 'first'),"
                        + " (2, 'Bőb', NULL, NULL, NULL, NULL, NULL), (3, 'Cid', -0.001, '2000-01-01',"
                        + " '1999-12-31 00:00:00', b'0', ''), (9223372036854775807, 'Max', 999999999.999, NULL, NULL, b'1', 'last')",
                "INSERT INTO visit VALUES (1, '2026-01-01', 30), (1, '2026-01-02', NULL), (2, '2026-01-01', 5)",
                "UPDATE client SET amount = amount + 1, note = NULL WHERE id = 1",
                "UPDATE client SET name = 'Bob', seen = '2026-05-05 05:05:05.5' WHERE id = 2",
                "UPDATE visit SET day = '2026-03-03' WHERE client = 2", // its key
                "DELETE FROM client WHERE id = 3",
                "DELETE FROM visit WHERE client = 1 AND day = '2026-01-02'",
                "BEGIN",
                "INSERT INTO client VALUES (4, 'never', 1, NULL, NULL, NULL, NULL)",
                "ROLLBACK",
                "ALTER TABLE client ADD COLUMN later INT",
                "UPDATE client SET later = 7 WHERE id = 2",
                "INSERT INTO visit VALUES (4, '2026-04-04', 44)");
    }

    private void awaitEqual(String query, ConnectWorker worker) throws Exception {
        List<String> wanted;
        try (Connection source = servers.mysql().connect(SCHEMA)) {
            wanted = rows(source, query.formatted(SCHEMA));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> found = List.of();
        while (!found.equals(wanted) && System.nanoTime() < deadline) {
            worker.requireRunning(DebeziumSink.NAME);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            try (Connection destination = servers.postgres().connect("office")) {
                found = rows(destination, query.formatted("sink"));
            } catch (SQLException e) {
                if (!e.getSQLState().equals(UNDEFINED_COLUMN)) {
                    throw e;
                }
                // the sink has not come to the schema change yet
            }
        }
        assertThat(found).isEqualTo(wanted).isNotEmpty();
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(rows.getObject(i)));
                }
                found.add(String.join("|", row));
            }
            return found;
        }
    }

    private void onSource(String... statements) throws SQLException {
        try (Connection connection = servers.mysql().connect("");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void onDestination(String database, String... statements) throws SQLException {
        try (Connection connection = servers.postgres().connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
