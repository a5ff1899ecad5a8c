package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code show_status} says is what is the case, whatever became of the processes (DEMAND F68). */
class StatusIT {
    /** The order that an operator's programs may rely on: docs/operating.md. */
    private static final List<String> FIELDS = List.of(
            "source",
            "type",
            "status",
            "consistent",
            "read_lag_seconds",
            "replay_lag_seconds",
            "consumer_lag_records",
            "last_read",
            "last_replay",
            "read_position",
            "replay_position",
            "tables",
            "replayed_rows",
            "replayed_ddl",
            "skipped_rows",
            "discarded_rows",
            "converted_zero_dates",
            "converted_nul_values",
            "copy",
            "failures",
            "owners");

    private static final Duration SECONDS = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void theStatusFollowsFromLeasesAndPositions(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20))", "INSERT INTO item VALUES (1, 'a')");
            rig.register();
            assertThat(status(rig).get("status").asText()).isEqualTo("added");
            rig.succeeds("init_replica");
            stoppedIsShownFieldByField(rig, kind);
            rig.succeeds("start_replica");
            rig.onSource("INSERT INTO item VALUES (2, 'b'), (3, 'c')", "ALTER TABLE item ADD COLUMN note VARCHAR(9)");
            rig.succeeds("wait_replica");
            runningIsShownFieldByField(rig);
            watchingShowsItAgainAndAgain(rig);
            anUpgradeWaitsUntilTheReplicaIsStopped(rig);
            aCrashIsSeenWithinSecondsAndMended(rig);
            eachSideTellsWhyItEnded(rig);
        }
    }

    private static void stoppedIsShownFieldByField(ReplicaRig rig, SourceKind kind) throws Exception {
        JsonNode status = status(rig);
        assertThat(names(status)).containsExactlyElementsOf(FIELDS);
        assertThat(status.get("source").asText()).isEqualTo("shop");
        assertThat(status.get("type").asText()).isEqualTo(kind == SourceKind.MARIADB ? "mariadb" : "mysql");
        assertThat(status.get("status").asText()).isEqualTo("stopped");
        assertThat(status.get("read_lag_seconds").isNull()).as("no broker runs").isTrue();
        assertThat(status.get("consumer_lag_records").isNull()).isTrue();
        assertThat(status.get("read_position").isNull()).isTrue();
        assertThat(status.get("tables").toString())
                .isEqualTo("{\"replicated\":1,\"disabled\":0,\"not_replicated\":0,\"copying\":0}");
        assertThat(status.get("copy").isNull()).as("the copy is done").isTrue();
        assertThat(status.get("failures").isEmpty()).isTrue();
    }

    private static void runningIsShownFieldByField(ReplicaRig rig) throws Exception {
        Await.until(
                "nothing waits",
                Duration.ofSeconds(20),
                () -> status(rig).get("consumer_lag_records").asText().equals("0"));
        JsonNode status = status(rig);
        assertThat(status.get("status").asText()).isEqualTo("running");
        assertThat(status.get("consistent").asBoolean()).isTrue();
        assertThat(status.get("read_lag_seconds").isNumber()).isTrue();
        assertThat(status.get("replay_lag_seconds").isNumber()).isTrue();
        assertThat(Instant.parse(status.get("last_read").asText())).isAfter(Instant.EPOCH);
        assertThat(Instant.parse(status.get("last_replay").asText())).isAfter(Instant.EPOCH);
        assertThat(status.get("read_position").asText()).matches(".+\\.\\d+:\\d+");
        assertThat(status.get("replay_position").asText()).matches(".+\\.\\d+:\\d+");
        assertThat(status.get("replayed_rows").asLong()).isEqualTo(2);
        assertThat(status.get("replayed_ddl").asLong()).isEqualTo(1);
        for (String zero : List.of("skipped_rows", "discarded_rows", "converted_zero_dates", "converted_nul_values")) {
            assertThat(status.get(zero).toString()).as(zero).isEqualTo("0");
        }
    }

    /** Until it is interrupted. */
    private static void watchingShowsItAgainAndAgain(ReplicaRig rig) throws Exception {
        var out = new StringWriter();
        var watch = new Thread(() -> Kameleon.commandLine()
                .setOut(new PrintWriter(out))
                .execute("show_status", "--watch=1", "--config", rig.config().toString()));
        watch.start();
        Await.until(
                "it is drawn again",
                Duration.ofSeconds(30),
                () -> out.toString().split("\u001b\\[H\u001b\\[J").length > 3);
        watch.interrupt();
        watch.join();
        assertThat(out.toString())
                .contains("Read lag  Replay lag  Consumer lag  Consistent")
                .contains("running");
    }

    private static void anUpgradeWaitsUntilTheReplicaIsStopped(ReplicaRig rig) throws Exception {
        rig.onDestination("UPDATE sch_kameleon.schema_version SET success = false WHERE version::int > 3");
        try {
            assertThat(rig.kameleon("show_status").err())
                    .startsWith("CATALOGUE_VERSION: The catalogue is older than this Kameleon");
            assertThat(rig.kameleon("upgrade_replica_schema", "--dry-run").err())
                    .startsWith("ALREADY_RUNNING: A process works with the catalogue as it is");
        } finally {
            rig.onDestination("UPDATE sch_kameleon.schema_version SET success = true");
        }
        assertThat(rig.kameleon("upgrade_replica_schema").out()).endsWith(" already.\n");
    }

    private void aCrashIsSeenWithinSecondsAndMended(ReplicaRig rig) throws Exception {
        long pid = Long.parseLong(
                Files.readString(directory.resolve("pid/shop.pid")).strip());
        ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
        daemon.destroyForcibly();
        daemon.onExit().join();
        Await.until(
                "the crash is seen",
                SECONDS,
                () -> status(rig).get("status").asText().equals("crashed"));
        assertThat(rig.kameleon("show_status", "--max-lag-seconds", "1000").code())
                .isEqualTo(1);
        assertThat(rig.succeeds("show_status")).contains("shop: the reader crashed: process " + pid + " on ");
        rig.onSource("INSERT INTO item (id) VALUES (4)");
        rig.succeeds("start_replica");
        rig.succeeds("wait_replica");
        assertThat(status(rig).get("status").asText()).isEqualTo("running");
        rig.assertSidesAreEqual();
        assertThat(rig.kameleon("start_replica", "--source", "shop").err()).startsWith("ALREADY_RUNNING: ");
        rig.succeeds("stop_replica");
        assertThat(status(rig).get("status").asText()).isEqualTo("stopped");
    }

    /** The catalogue as two services leave it behind that have both ended by an error. */
    private static void eachSideTellsWhyItEnded(ReplicaRig rig) throws Exception {
        rig.destinationValue("INSERT INTO sch_kameleon.failure (source_name, role, code, reason) VALUES"
                + " ('shop', 'reader', 'BINLOG_PURGED', 'BINLOG_PURGED: gone'),"
                + " ('shop', 'replay', 'TOPIC_TRUNCATED', 'TOPIC_TRUNCATED: gone too') RETURNING 1");
        JsonNode status = status(rig);
        assertThat(status.get("status").asText()).isEqualTo("failed");
        assertThat(status.get("failures").findValuesAsText("role")).containsExactly("reader", "replay");
        assertThat(status.get("failures").findValuesAsText("code")).containsExactly("BINLOG_PURGED", "TOPIC_TRUNCATED");
        assertThat(rig.succeeds("show_status"))
                .contains("shop: the reader ended at ", ": BINLOG_PURGED: gone", ": TOPIC_TRUNCATED: gone too");
        rig.succeeds("start_replica");
        assertThat(status(rig).get("failures").isEmpty())
                .as("a start forgets them")
                .isTrue();
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode status(ReplicaRig rig) throws Exception {
        return new ObjectMapper()
                .readTree(rig.succeeds("show_status", "--format", "json"))
                .get("sources")
                .get(0);
    }
}
