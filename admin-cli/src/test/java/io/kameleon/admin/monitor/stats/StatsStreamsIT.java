package io.kameleon.admin.monitor.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxKafka;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.progress.ProgressMeter.Place;
import io.kameleon.schemas.progress.ProgressMeter.Work;
import io.kameleon.schemas.progress.ProgressPublisher;
import io.kameleon.schemas.progress.ProgressPublisher.TopicSize;
import io.kameleon.schemas.record.Side;
import io.kameleon.schemas.wire.TopicLayout;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one Kafka. */
class StatsStreamsIT {
    private static final TopicSize SIZE = new TopicSize(6, (short) 1);
    private static final TopicLayout TOPICS = new TopicLayout("kameleon");
    private static final List<String> SOURCES = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    private static final HostInfo HOST_A = new HostInfo("127.0.0.1", 1001);
    private static final HostInfo HOST_B = new HostInfo("127.0.0.1", 1002);

    private final ListedSchemas schemas = new ListedSchemas();

    @TempDir
    Path directory;

    @Test
    void instancesShareTheSourcesAndTheOneThatStaysTakesOverWithNothingLost() {
        try (SandboxKafka kafka = SandboxKafka.start()) {
            Map<String, Object> client = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
            tell(client);
            try (StatsStreams b = start(client, "b", HOST_B)) {
                StatsStreams a = start(client, "a", HOST_A);
                try {
                    await(
                            "each has some, both together all",
                            () -> !rows(a).isEmpty()
                                    && !rows(b).isEmpty()
                                    && rows(a).size() + rows(b).size() == SOURCES.size());
                    assertThat(rows(a).keySet()).doesNotContainAnyElementsOf(rows(b).keySet());
                    assertThat(b.others(HOST_B)).containsExactly(HOST_A);
                } finally {
                    a.close();
                }
                await("the other has all", () -> rows(b).size() == SOURCES.size());
                assertThat(rows(b).values()).containsOnly(7L);
            }
        }
    }

    /** Seven rows for each source, through the product's own publisher. */
    private void tell(Map<String, Object> client) {
        try (var publisher = ProgressPublisher.start(TOPICS.progress(), client, schemas, SIZE)) {
            for (String source : SOURCES) {
                var meter = new ProgressMeter(source, Side.READ, Clock.systemUTC());
                meter.batch(new Place("binlog.000001", 4, "", 0, -1), new Work(7, 1, 0, 1, 0));
                publisher.add(meter);
            }
        }
    }

    private StatsStreams start(Map<String, Object> client, String name, HostInfo self) {
        return StatsStreams.start(
                new StatsStreams.Settings(TOPICS, client, schemas, SIZE, directory.resolve(name), self));
    }

    private static Map<String, Long> rows(StatsStreams streams) {
        var rows = new HashMap<String, Long>();
        streams.sources(Instant.now())
                .forEach(view ->
                        rows.put(view.stats().source(), view.stats().read().rows()));
        return rows;
    }

    private static void await(String condition, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }
}
