package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.Side;
import io.kameleon.schemas.wire.RecordCodec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a replica is watched: lag, metrics, health, progress records (F15). */
class WatchIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private int port;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void lagIsZeroWhenIdleAndExactWhenNot(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            port = freePort();
            Files.writeString(rig.config(), "metrics_listen: 127.0.0.1:" + port + "\n" + rig.configuration());
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))",
                    "CREATE TABLE note (id INT PRIMARY KEY, body VARCHAR(40))",
                    "INSERT INTO item VALUES (1, 'a'), (2, 'b')");
            rig.register();
            rig.succeeds("init_replica");
            assertThat(rig.kameleon("show_lag", "--source", "shop", "--max-lag-seconds", "5")
                            .code())
                    .as("a replica that does not run is over every limit")
                    .isEqualTo(1);
            ReplicaProcess process = rig.runReplica();
            rig.awaitReplica();
            work(rig);
            rig.awaitReplica();
            assertCaughtUp(rig);
            assertCountsAreWritten(rig);
            assertServed(rig);
            assertProgress(rig);
            assertGroupCommitted(rig);
            assertWaitingIsCounted(rig);
            assertSchemaChangesAndRefusalsAreCounted(rig);
            process.close();
        }
    }

    private static void work(ReplicaRig rig) throws Exception {
        rig.onSource(
                "INSERT INTO item VALUES (3, 'c'), (4, 'd')",
                "UPDATE item SET name = 'x' WHERE id = 1",
                "DELETE FROM item WHERE id = 2",
                "INSERT INTO note VALUES (1, 'n')");
    }

    /** However long ago the last change was: nothing waits, so the lag is 0; marks of Kafka's transactions are not records. */
    private static void assertCaughtUp(ReplicaRig rig) {
        Await.until("lag is 0", Duration.ofSeconds(20), () -> {
            JsonNode lag = lag(rig);
            return lag.get("seconds").asDouble(-1) == 0 && lag.get("bytes").asLong(-1) == 0;
        });
        JsonNode lag = lag(rig);
        assertThat(lag.get("status").asText()).isEqualTo("running");
        assertThat(lag.get("records").asLong()).isZero();
        assertThat(lag.get("records_exact").asBoolean()).isTrue();
        assertThat(lag.get("tables")).isEmpty();
        assertThat(rig.succeeds("show_lag", "--max-lag-seconds", "5")).startsWith("Source");
    }

    /** Replay is held by a lock; what waits is counted per table, and ages. */
    private static void assertWaitingIsCounted(ReplicaRig rig) throws Exception {
        try (var holder = rig.postgres().connect(io.kameleon.sandbox.SandboxPostgres.REPLICA_DATABASE);
                var lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE " + ReplicaRig.DESTINATION + ".item IN ACCESS EXCLUSIVE MODE");
            rig.onSource(
                    "INSERT INTO item VALUES (10, 'w'), (11, 'w'), (12, 'w')", "INSERT INTO note VALUES (10, 'w')");
            Await.until(
                    "the rows wait",
                    Duration.ofSeconds(20),
                    () -> lag(rig).get("records").asLong() == 4
                            && lag(rig).get("seconds").asDouble() > 1.5);
            JsonNode lag = lag(rig);
            var tables = new HashMap<String, Long>();
            lag.get("tables")
                    .forEach(t ->
                            tables.put(t.get("table").asText(), t.get("records").asLong()));
            assertThat(tables)
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            rig.source().schema() + ".item", 3L, rig.source().schema() + ".note", 1L));
            assertThat(lag.get("bytes").asLong()).isPositive();
            assertThat(lag.get("apply_seconds").asDouble()).isBetween(1.0, 60.0);
            CommandResult over = rig.kameleon("show_lag", "--max-lag-seconds", "1", "--watch");
            assertThat(over.code()).isEqualTo(1);
            assertThat(over.out()).contains("running");
            holder.rollback();
        }
        rig.awaitReplica();
        assertCaughtUp(rig);
    }

    private void assertSchemaChangesAndRefusalsAreCounted(ReplicaRig rig) throws Exception {
        rig.onDestination("ALTER TABLE " + ReplicaRig.DESTINATION + ".item ADD CHECK (name <> 'refused')");
        rig.onSource("ALTER TABLE note ADD COLUMN more INT", "INSERT INTO item VALUES (20, 'refused')");
        rig.awaitReplica();
        assertThat(get("/metrics").body())
                .contains("kameleon_ddl_statements_total{outcome=\"applied\",source=\"shop\"} 1")
                .contains("kameleon_apply_refusals_total{source=\"shop\",sqlstate=\"23514\"} 1");
    }

    /** Though nothing comes after it that would take the counts along. */
    private static void assertCountsAreWritten(ReplicaRig rig) {
        Await.until("the catalogue has all counts", Duration.ofSeconds(20), () -> "2,1,1"
                .equals(rig.destinationValue("SELECT concat_ws(',', inserts, updates, deletes)"
                        + " FROM sch_kameleon.replica_table WHERE table_name = 'item'")));
    }

    private void assertServed(ReplicaRig rig) throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("ready\n");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        JsonNode sides = JSON.readTree(get("/status").body()).get("sides");
        assertThat(sides)
                .hasSize(2)
                .allSatisfy(side -> assertThat(side.get("phase").asText()).isEqualTo("working"));
        String scraped = get("/metrics").body();
        assertThat(scraped)
                .contains("kameleon_reader_connected{source=\"shop\"} 1")
                .contains("kameleon_apply_connected{source=\"shop\"} 1")
                .contains("kameleon_apply_rows_total{op=\"insert\",schema=\""
                        + rig.source().schema() + "\",source=\"shop\",table=\"item\"} 2")
                .contains("kameleon_apply_rows_total{op=\"delete\",schema=\""
                        + rig.source().schema() + "\",source=\"shop\",table=\"item\"} 1")
                .contains("kameleon_replication_commit_to_apply_seconds_bucket{source=\"shop\",le=\"+Inf\"} 4")
                .contains("kameleon_apply_batch_seconds_sum{source=\"shop\"}")
                .contains("kameleon_apply_lanes{source=\"shop\"} 1")
                .contains("kameleon_consumer_last_poll_age_seconds{source=\"shop\"} 0.")
                .contains("kameleon_reader_rows_total{op=\"insert\",source=\"shop\"} 3")
                .contains("kameleon_reader_rows_total{op=\"delete\",source=\"shop\"} 1")
                .containsPattern("kameleon_reader_events_total\\{source=\"shop\",type=\"table_map\"} [1-9]")
                .containsPattern("kameleon_reader_bytes_total\\{source=\"shop\"} [1-9]")
                .containsPattern("kameleon_producer_bytes_total\\{source=\"shop\"} [1-9]")
                .containsPattern(
                        "kameleon_config_info\\{config_hash=\"[0-9a-f]{12}\",side=\"apply\",source=\"shop\"} 1")
                .contains("jvm_memory_used_bytes")
                .doesNotContain(rig.postgres().replicaPassword());
        MetricsDocument.assertDocumented(scraped);
        MetricsDocument.assertMachineIsMeasured(scraped);
    }

    private static void assertProgress(ReplicaRig rig) {
        Await.until("both sides have told what they did", Duration.ofSeconds(20), () -> {
            Map<Side, Long> rows = progressRows(rig);
            return rows.getOrDefault(Side.READ, 0L) == 5 && rows.getOrDefault(Side.REPLAY, 0L) == 5;
        });
    }

    private static Map<Side, Long> progressRows(ReplicaRig rig) {
        var rows = new HashMap<Side, Long>();
        for (ProgressRecord told : progress(rig)) {
            rows.merge(told.getSide(), told.getRows(), Long::sum);
        }
        return rows;
    }

    private static List<ProgressRecord> progress(ReplicaRig rig) {
        Installation installation = Installation.load(rig.config().toString());
        try (KafkaAccess kafka =
                        KafkaAccess.running(installation.config(), "shop").orElseThrow();
                var consumer = new KafkaConsumer<>(
                        kafka.properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition("kameleon.progress", 0);
            var codec = new RecordCodec<>(kafka.schemaIds(), partition.topic(), ProgressRecord.class);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            var found = new ArrayList<ProgressRecord>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> found.add(codec.decode(message.value())));
            }
            return found;
        }
    }

    /** What kafka-consumer-groups.sh and lag exporters read. */
    private static void assertGroupCommitted(ReplicaRig rig) {
        Installation installation = Installation.load(rig.config().toString());
        try (KafkaAccess kafka =
                        KafkaAccess.running(installation.config(), "shop").orElseThrow();
                Admin admin = Admin.create(new HashMap<>(kafka.properties()))) {
            var partition = new TopicPartition("kameleon.shop", 0);
            Await.until("the group's offset is at the end", Duration.ofSeconds(20), () -> {
                var committed = admin.listConsumerGroupOffsets("kameleon-replay-shop")
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(partition);
                long end = admin.listOffsets(Map.of(partition, org.apache.kafka.clients.admin.OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
                return committed != null && committed.offset() == end;
            });
        }
    }

    @Test
    void metricsAreInJmxToo() throws Exception {
        try (var metrics = new io.kameleon.catalogue.metrics.ProcessMetrics("test", true)) {
            metrics.add(
                    new io.kameleon.schemas.progress.ProgressMeter("shop", Side.READ, java.time.Clock.systemUTC()),
                    "hash");
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .queryNames(new javax.management.ObjectName("kameleon:*"), null))
                    .anyMatch(name -> name.getKeyProperty("name").contains("kameleonReaderConnected"));
        }
    }

    private static JsonNode lag(ReplicaRig rig) {
        CommandResult result = rig.kameleon("show_lag", "--source", "shop", "--format", "json");
        assertThat(result.code()).as(result.err()).isZero();
        try {
            return JSON.readTree(result.out()).get("sources").get(0);
        } catch (IOException e) {
            throw new AssertionError(result.out(), e);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
