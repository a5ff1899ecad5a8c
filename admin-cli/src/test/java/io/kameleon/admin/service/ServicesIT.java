package io.kameleon.admin.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.admin.Kameleon;
import io.kameleon.reader.service.ReaderService;
import io.kameleon.replay.service.ReplayService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Reader and replay as processes of their own on a cluster: two sources, one Kafka, one registry, one PostgreSQL. */
@TestMethodOrder(OrderAnnotation.class)
class ServicesIT {
    private static final int ROWS = 500;

    @TempDir
    private static Path directory;

    private static ServicesRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new ServicesRig(directory);
        rig.writeConfig();
        for (String source : ServicesRig.SOURCES) {
            rig.onSource(
                    "",
                    "CREATE DATABASE " + source,
                    "CREATE TABLE " + source + ".accounts (id INT PRIMARY KEY, owner VARCHAR(40) NOT NULL,"
                            + " balance DECIMAL(12,2))",
                    "INSERT INTO " + source + ".accounts SELECT seq, concat('owner ', seq), seq / 4 FROM"
                            + " mysql.seq_1_to_" + ROWS);
        }
        rig.kameleon("create_replica_schema");
        for (String source : ServicesRig.SOURCES) {
            rig.kameleon("add_source", "--source", source);
            rig.kameleon("init_replica", "--source", source);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (rig != null) {
            rig.close();
        }
    }

    /** Without --source all that nobody works for; the source of the file that was never added is left alone. */
    @Test
    @Order(1)
    void twoServicesReplicateTwoSources() throws Exception {
        try (var reader = child("reader", ReaderService.class);
                var replay = child("replay", ReplayService.class)) {
            awaitWork(reader, replay);
            for (String source : ServicesRig.SOURCES) {
                change(source);
                rig.kameleon("wait_replica", "--source", source, "--timeout", "120");
                assertThat(rig.destinationRows(source)).isEqualTo(rig.sourceRows(source));
                rig.kameleon("sync_tables", "--source", source, "--tables", source + ".accounts");
                rig.onSource(source, "INSERT INTO accounts VALUES (9100, 'behind the copy', 2)");
                rig.kameleon("wait_replica", "--source", source, "--timeout", "120");
                assertThat(rig.destinationRows(source)).isEqualTo(rig.sourceRows(source));
            }
            assertThat(reader.output()).doesNotContain("north");
            assertThat(replay.output()).doesNotContain("north");
            assertThat(reader.terminate()).isZero();
            assertThat(replay.terminate()).isZero();
        }
    }

    /** A reader that has begun needs no PostgreSQL; one that starts without it goes by the file, and shows itself later. */
    @Test
    @Order(2)
    void readerStartsWithoutPostgres() throws Exception {
        rig.postgres().stop();
        try (var reader = child("reader-alone", ReaderService.class, "--source", "west")) {
            awaitOutput(reader, "Reading source=west");
            rig.onSource("west", "INSERT INTO accounts VALUES (9001, 'without postgres', 1)");
            rig.postgres().restart();
            awaitOutput(reader, "Lease taken source=west");
            try (var replay = child("replay-late", ReplayService.class, "--source", "west")) {
                awaitOutput(replay, "Replaying source=west");
                rig.kameleon("wait_replica", "--source", "west", "--timeout", "120");
                assertThat(rig.destinationRows("west")).isEqualTo(rig.sourceRows("west"));
                assertThat(replay.terminate()).isZero();
            }
            assertThat(reader.terminate()).isZero();
        }
    }

    @Test
    @Order(3)
    void commandsForOneSideWorkAgainstTheCluster() throws Exception {
        try (var reader = command("read_replica");
                var replay = command("replay_replica")) {
            awaitWork(reader, replay);
            rig.onSource("east", "UPDATE accounts SET balance = 0 WHERE id < 100");
            rig.kameleon("wait_replica", "--source", "east", "--timeout", "120");
            assertThat(rig.destinationRows("east")).isEqualTo(rig.sourceRows("east"));
            assertThat(reader.terminate()).isZero();
            assertThat(replay.terminate()).isZero();
        }
    }

    /** What the services have told stays in Kafka; two monitors share it, and each answers for both. */
    @Test
    @Order(4)
    void monitorsOfAClusterAnswerForEachOther() {
        ClusterMonitors.assertEachAnswersForAll(rig.config(), directory, ServicesRig.SOURCES);
    }

    @Test
    @Order(4)
    void standardConsumerReadsTheTopic() {
        List<ConsumerRecord<GenericRecord, GenericRecord>> records =
                StandardConsumer.readAll(rig.bootstrapServers(), rig.registryUrl(), "cluster.east");
        List<GenericRecord> rows = records.stream()
                .filter(record -> record.value().getSchema().getField("op") != null)
                .map(ConsumerRecord::value)
                .toList();
        assertThat(rows.stream().filter(row -> text(row, "op").equals("c"))).hasSize(3);
        assertThat(rows.stream().filter(row -> text(row, "op").equals("d"))).hasSize(1);
        assertThat(rows.stream().filter(row -> text(row, "op").equals("u"))).hasSize(ROWS - 1 + 99 - 1);

        GenericRecord created = rows.get(0);
        assertThat(created.get("before")).isNull();
        assertThat(text(created, "after", "owner")).isEqualTo("new owner");
        assertThat(text(created, "source", "db")).isEqualTo("east");
        assertThat(text(created, "source", "table")).isEqualTo("accounts");
        assertThat(text(created, "source", "file")).startsWith("binlog.");
        GenericRecord deleted = rows.stream()
                .filter(row -> text(row, "op").equals("d"))
                .findFirst()
                .orElseThrow();
        assertThat(deleted.get("after")).isNull();
        assertThat(text(deleted, "before", "id")).isEqualTo("7");
        assertThat(records)
                .filteredOn(record -> record.key() != null)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.key().getSchema()).isNotNull());
    }

    /** Killed, they leave their leases behind and say nothing: what they worked for goes on in the others, and nothing is lost. */
    @Test
    @Order(5)
    void othersTakeOverWhatAKilledReaderAndAKilledReplayHaveLeft() throws Exception {
        try (var reader = child("reader-1", ReaderService.class);
                var replay = child("replay-1", ReplayService.class)) {
            awaitAll(reader, "Reading source=");
            awaitAll(replay, "Replaying source=");
            try (var readerTwo = child("reader-2", ReaderService.class);
                    var replayTwo = child("replay-2", ReplayService.class)) {
                awaitOutput(readerTwo, "a source without an owner");
                awaitOutput(replayTwo, "a source without an owner");
                for (String source : ServicesRig.SOURCES) {
                    rig.onSource(source, "UPDATE accounts SET balance = balance + 2");
                }
                reader.close();
                replay.close();
                awaitAll(readerTwo, "Reading source=");
                awaitAll(replayTwo, "Replaying source=");
                for (String source : ServicesRig.SOURCES) {
                    rig.onSource(source, "INSERT INTO accounts VALUES (9150, 'after the kill', 1)");
                    rig.kameleon("wait_replica", "--source", source, "--timeout", "60");
                    rig.kameleon("compare", "--source", source);
                }
                assertThat(rig.inPostgres("SELECT DISTINCT pid FROM sch_kameleon.lease WHERE role = 'reader'"))
                        .containsExactly(String.valueOf(readerTwo.pid()));
                assertThat(readerTwo.terminate()).isZero();
                assertThat(replayTwo.terminate()).isZero();
            }
        }
    }

    /** The reader takes what is free, the replay was given its sources: both obey, and say who they are. */
    @Test
    @Order(6)
    void startAndStopReachTheServices() throws Exception {
        String asGiven = Files.readString(rig.config());
        Files.writeString(rig.config(), asGiven.replaceFirst("(?m)^( +)sleep_loop: 1$", "$0\n$1on_error_replay: exit"));
        try (var reader = child("reader-told", ReaderService.class);
                var replay = child("replay-told", ReplayService.class, "--source", "east", "--source", "west")) {
            awaitAll(reader, "Reading source=");
            awaitAll(replay, "Replaying source=");
            assertThat(status()).contains("reader on ", ", pid " + reader.pid(), "replay on ", ", pid " + replay.pid());
            assertThat(operate("stop_replica"))
                    .contains("Reader (", ", pid " + reader.pid() + ") stopped working for 'east'.\n")
                    .contains("Replay (", ", pid " + replay.pid() + ") stopped working for 'east'.\n");
            rig.onSource("east", "INSERT INTO accounts VALUES (9155, 'while stopped', 1)");
            rig.onSource("west", "INSERT INTO accounts VALUES (9155, 'goes on', 1)");
            rig.kameleon("wait_replica", "--source", "west", "--timeout", "60");
            assertThat(status()).contains("stopped").doesNotContain("running", "reader on ");
            assertThat(rig.destinationRows("east")).isNotEqualTo(rig.sourceRows("east"));

            assertThat(operate("start_replica"))
                    .contains("Reader (", ", pid " + reader.pid() + ") works for 'east'\n")
                    .contains("Replay (", ", pid " + replay.pid() + ") works for 'east'\n");
            operate("wait_replica", "--timeout", "60");
            assertThat(rig.destinationRows("east")).isEqualTo(rig.sourceRows("east"));

            failsAndIsStartedAgain(replay);
            copiedAgainByTheMonitor();
            rig.kameleon("stop_all_replicas");
            assertThat(rig.inPostgres("SELECT source_name FROM sch_kameleon.lease"))
                    .isEmpty();
            ServicesRig.SOURCES.forEach(source -> rig.kameleon("start_replica", "--source", source));
            assertThat(reader.terminate()).isZero();
            assertThat(replay.terminate()).isZero();
        } finally {
            Files.writeString(rig.config(), asGiven);
        }
    }

    /** The service goes on with its other source meanwhile. */
    private static void failsAndIsStartedAgain(ServiceChild replay) throws Exception {
        rig.onDestination("ALTER TABLE east_replica.accounts ADD CONSTRAINT mine CHECK (id <> 9156)");
        rig.onSource("east", "INSERT INTO accounts VALUES (9156, 'refused', 3)");
        awaitOutput(replay, "Source ended by an error source=east");
        rig.onDestination("ALTER TABLE east_replica.accounts DROP CONSTRAINT mine");
        assertThat(operate("start_replica")).contains("Replay (", ", pid " + replay.pid() + ") works for 'east'\n");
        operate("wait_replica", "--timeout", "60");
        assertThat(rig.destinationRows("east")).isEqualTo(rig.sourceRows("east"));
    }

    /** A statement whose effect only the source knows: the replay service cannot reach it, the monitor can. */
    private static void copiedAgainByTheMonitor() throws Exception {
        rig.onSource(
                "west",
                "SET SESSION binlog_format = 'STATEMENT'",
                "UPDATE accounts SET balance = 77 WHERE id < 20",
                "SET SESSION binlog_format = 'ROW'");
        String waits = "west.accounts waits to be copied again; no process is at it: a monitor does it";
        await(() -> rig.kameleon("show_status", "--source", "west").contains(waits), Duration.ofSeconds(60));
        assertThat(rig.kameleon("show_status", "--source", "west")).contains(waits);
        try (var monitor = ServiceChild.start(
                rig.output("monitor"),
                Kameleon.class,
                "monitor",
                "--listen",
                "127.0.0.1:0",
                "--state-dir",
                directory.resolve("monitor").toString(),
                "--config",
                rig.config().toString())) {
            awaitOutput(monitor, "Table copied again source=west");
            rig.kameleon("wait_replica", "--source", "west", "--timeout", "60");
            assertThat(rig.destinationRows("west")).isEqualTo(rig.sourceRows("west"));
            assertThat(monitor.terminate()).isZero();
        }
    }

    @Test
    @Order(7)
    void endsWithOneWhenEverySourceHasFailed() throws Exception {
        try (var replay = child("replay-north", ReplayService.class, "--source", "north")) {
            assertThat(replay.exitCode()).isEqualTo(1);
            assertThat(replay.output()).contains("SOURCE_UNKNOWN").doesNotContain("\tat ");
        }
    }

    /** The words are those of the daemon (DEMAND F46, F68). */
    @Test
    @Order(8)
    void operatorsCommandsWorkWithServices() throws Exception {
        try (var reader = child("reader-operated", ReaderService.class, "--source", "east");
                var replay = child("replay-operated", ReplayService.class, "--source", "east")) {
            awaitWork(reader, replay);
            await(() -> status().contains("running"), Duration.ofSeconds(30));
            assertThat(operate("pause_table", "--tables", "east.accounts")).isEqualTo("east.accounts is paused.\n");
            rig.onSource("east", "INSERT INTO accounts VALUES (9160, 'while paused', 3)");
            operate("wait_replica", "--timeout", "120");
            assertThat(rig.destinationRows("east")).isNotEqualTo(rig.sourceRows("east"));
            assertThat(status()).contains("running", "east.accounts is paused at ");
            operate("resume_table", "--tables", "east.accounts");
            operate("wait_replica", "--timeout", "120");
            assertThat(rig.destinationRows("east")).isEqualTo(rig.sourceRows("east"));

            rig.onDestination("ALTER TABLE east_replica.accounts ADD CONSTRAINT mine CHECK (id <> 9161)");
            rig.onSource("east", "INSERT INTO accounts VALUES (9161, 'refused', 3)");
            operate("wait_replica", "--timeout", "120");
            assertThat(operate("show_errors")).contains("ROW_REFUSED", "open");
            rig.onDestination("ALTER TABLE east_replica.accounts DROP CONSTRAINT mine");
            assertThat(operate("retry_errors")).contains("east.accounts was copied again");
            assertThat(operate("show_errors")).contains("resolved").doesNotContain("open");
            assertThat(rig.destinationRows("east")).isEqualTo(rig.sourceRows("east"));
            assertThat(operate("run_maintenance")).endsWith("The topic keeps rows for 24 h, as before.\n");

            reader.close(); // SIGKILL
            assertThat(status()).contains("crashed", "east: the reader crashed: process ");
            assertThat(replay.terminate()).isZero();
        }
    }

    /** The services go on with the other source; the one that was detached is on its own. */
    @Test
    @Order(9)
    void mappingsChangeAndASourceIsDetachedWhileTheServicesRun() throws Exception {
        try (var reader = child("reader-life", ReaderService.class);
                var replay = child("replay-life", ReplayService.class)) {
            awaitWork(reader, replay);
            Path config = rig.config();
            Files.writeString(config, Files.readString(config).replace("east_replica", "orient"));
            rig.kameleon("update_schema_mappings", "--source", "east");
            rig.onSource("east", "UPDATE accounts SET balance = 3 WHERE id < 50");
            rig.kameleon("refresh_schema", "--source", "east", "--schema", "east");
            rig.onSource("east", "INSERT INTO accounts VALUES (9200, 'under another name', 1)");
            rig.kameleon("wait_replica", "--source", "east", "--timeout", "120");
            rig.kameleon("compare", "--source", "east");
            rig.onSource("east", "INSERT INTO accounts VALUES (9201, 'the last one', 1)");
            rig.kameleon("detach_replica", "--source", "east", "--yes", "--drop-topics");
            assertThat(rig.inPostgres("SELECT max(id) FROM orient.accounts")).containsExactly("9201");
            awaitEnd(reader);
            awaitEnd(replay);
            assertThat(StandardConsumer.topics(rig.bootstrapServers()))
                    .contains("cluster.west")
                    .doesNotContain("cluster.east", "cluster.east.state", "cluster.east.requests");
            assertThat(StandardConsumer.subjects(rig.registryUrl()))
                    .contains("cluster.west-cluster.west.west.accounts.Envelope")
                    .noneMatch(subject -> subject.startsWith("cluster.east"));
            rig.onSource("west", "INSERT INTO accounts VALUES (9300, 'goes on', 1)");
            rig.kameleon("wait_replica", "--source", "west", "--timeout", "120");
            assertThat(rig.destinationRows("west")).isEqualTo(rig.sourceRows("west"));
            assertThat(reader.terminate()).isZero();
            assertThat(replay.terminate()).isZero();
        }
    }

    private static String status() {
        return operate("show_status");
    }

    private static String operate(String... words) {
        var all = new java.util.ArrayList<>(List.of(words));
        all.addAll(List.of("--source", "east"));
        return rig.kameleon(all.toArray(String[]::new));
    }

    private static void change(String source) throws Exception {
        rig.onSource(
                source,
                "INSERT INTO accounts VALUES (" + (ROWS + 1) + ", 'new owner', 12.50), (" + (ROWS + 2)
                        + ", 'another', NULL)",
                "DELETE FROM accounts WHERE id = 7",
                "UPDATE accounts SET balance = balance + 1 WHERE id <= " + ROWS);
    }

    private static ServiceChild child(String name, Class<?> program, String... arguments) throws Exception {
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", rig.config().toString()));
        return ServiceChild.start(rig.output(name), program, all.toArray(String[]::new));
    }

    private static ServiceChild command(String name) throws Exception {
        return ServiceChild.start(
                rig.output(name), Kameleon.class, name, "--config", rig.config().toString(), "--source", "east");
    }

    private static void awaitWork(ServiceChild reader, ServiceChild replay) {
        awaitOutput(reader, "Reading source=east");
        awaitOutput(replay, "Replaying source=east");
    }

    private static void awaitAll(ServiceChild child, String words) {
        ServicesRig.SOURCES.forEach(source -> awaitOutput(child, words + source));
    }

    /** It is asked to stop, or finds its lease taken: whichever it looks at first. */
    private static void awaitEnd(ServiceChild child) {
        var ended = java.util.regex.Pattern.compile("Source (stopped|ended by an error) source=east");
        await(() -> ended.matcher(child.output()).find() || !child.isAlive(), Duration.ofSeconds(90));
        assertThat(child.output()).containsPattern(ended);
    }

    private static void awaitOutput(ServiceChild child, String words) {
        await(() -> child.output().contains(words) || !child.isAlive(), Duration.ofSeconds(90));
        assertThat(child.output()).contains(words);
    }

    private static void await(BooleanSupplier condition, Duration timeMax) {
        long deadline = System.nanoTime() + timeMax.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static String text(GenericRecord value, String... path) {
        Object found = value;
        for (String field : path) {
            found = ((GenericRecord) found).get(field);
        }
        return String.valueOf(found);
    }
}
