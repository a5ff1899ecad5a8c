package io.kameleon.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.benchmarks.kameleon.KameleonOneProcess;
import io.kameleon.benchmarks.kameleon.KameleonServices;
import io.kameleon.benchmarks.kameleon.KameleonSettings;
import io.kameleon.benchmarks.limit.ProducerLimit;
import io.kameleon.benchmarks.limit.PsqlCopy;
import io.kameleon.benchmarks.limit.SelectAll;
import io.kameleon.benchmarks.server.LocalServers;
import io.kameleon.benchmarks.workload.CopyWorkload;
import io.kameleon.benchmarks.workload.InsertWorkload;
import io.kameleon.benchmarks.workload.MixedWorkload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny workloads through all stages, so that the benchmark itself keeps working. */
class BenchmarkIT {
    @TempDir
    private Path directory;

    @BeforeEach
    void openDirectory() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void everyStageMovesAllRowsAndTheyAreEqual() throws Exception {
        var contenders = new ArrayList<Contender>(List.of(
                new KameleonServices(KameleonSettings.DEFAULT),
                new KameleonOneProcess(KameleonSettings.DEFAULT),
                new ProducerLimit(),
                new SelectAll()));
        try (LocalServers servers = LocalServers.start(directory, Optional.empty())) {
            if (servers.postgres().programs().isPresent()) {
                contenders.add(new PsqlCopy(InsertWorkload.WIDE, PsqlCopy.Indexes.INDEXED));
            }
            var plan = new BenchmarkPlan(
                    List.of(
                            InsertWorkload.scaled(0.004, 1),
                            MixedWorkload.scaled(0.004, 1),
                            CopyWorkload.scaled(0.001, 1)),
                    EnumSet.complementOf(EnumSet.of(Stage.LATENCY)),
                    contenders,
                    1);
            List<Outcome> outcomes = new Benchmark(plan, servers, line -> {}).run();
            assertThat(outcomes).filteredOn(outcome -> !outcome.isValid()).isEmpty();
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.contender().startsWith("kameleon"))
                    .filteredOn(outcome -> outcome.stage() != Stage.READ)
                    .hasSize(8)
                    .allMatch(outcome -> outcome.differences().isPresent());
        }
    }
}
