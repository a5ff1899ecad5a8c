package io.kameleon.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.benchmarks.run.Benchmark;
import io.kameleon.benchmarks.run.BenchmarkPlan;
import io.kameleon.benchmarks.run.Outcome;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.server.LocalServers;
import io.kameleon.benchmarks.workload.MixedWorkload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebeziumContenderIT {
    private static final double SCALE = 0.002;

    @Test
    void debeziumCarriesInsertsUpdatesAndDeletesFromTheBinlogToPostgres(@TempDir Path directory) throws Exception {
        // PostgreSQL runs as another user when this is root
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (LocalServers servers = LocalServers.start(directory, Optional.empty());
                var debezium = new DebeziumContender()) {
            var plan = new BenchmarkPlan(
                    List.of(MixedWorkload.scaled(SCALE, 1)), Set.of(Stage.END_TO_END), List.of(debezium), 1);

            List<Outcome> outcomes = new Benchmark(plan, servers, line -> {}).run();

            assertThat(outcomes).hasSize(1).allSatisfy(outcome -> {
                assertThat(outcome.failure()).isEmpty();
                assertThat(outcome.differences()).contains(List.of());
                assertThat(outcome.result().orElseThrow().activity().peakBytes())
                        .isPositive();
            });
        }
    }
}
