package io.kameleon.benchmarks.command;

import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.workload.CopyWorkload;
import io.kameleon.benchmarks.workload.InsertWorkload;
import io.kameleon.benchmarks.workload.LatencyWorkload;
import io.kameleon.benchmarks.workload.MixedWorkload;
import io.kameleon.benchmarks.workload.Workload;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The workloads by name. */
final class Workloads {
    private Workloads() {}

    static List<Workload> all(double scale, long seed) {
        return List.of(
                InsertWorkload.scaled(scale, seed),
                MixedWorkload.scaled(scale, seed),
                LatencyWorkload.scaled(scale),
                CopyWorkload.scaled(scale, seed));
    }

    /** @throws ParameterException for a name that none has */
    static Workload named(String name, double scale, long seed, CommandSpec spec) {
        return all(scale, seed).stream()
                .filter(workload -> workload.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "There is no workload '" + name + "'; there are W1, W2, LATENCY, COPY."));
    }

    /** LATENCY and COPY have one workload each. */
    static String nameFor(Stage stage, String asked) {
        return stage == Stage.LATENCY || stage == Stage.COPY ? stage.name() : asked;
    }
}
