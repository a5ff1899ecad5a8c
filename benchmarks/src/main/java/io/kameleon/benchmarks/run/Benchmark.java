package io.kameleon.benchmarks.run;

import io.kameleon.benchmarks.measure.Meter;
import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.server.SourceBinlog;
import io.kameleon.benchmarks.workload.LatencyWorkload;
import io.kameleon.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plan: each workload is written to the binlog once, then every contender moves it in every round, from the same place.
 * A run that fails or leaves unequal rows is an outcome like another; the others go on. One thread.
 */
public final class Benchmark {
    private static final Logger LOG = LoggerFactory.getLogger(Benchmark.class);
    private static final Duration SILENCE_MAX = Duration.ofMinutes(3);

    private final BenchmarkPlan plan;
    private final Servers servers;
    private final SourceBinlog binlog;
    private final RowComparison comparison;
    private final Consumer<String> progress;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** @param progress gets a line now and then */
    public Benchmark(BenchmarkPlan plan, Servers servers, Consumer<String> progress) {
        this.plan = plan;
        this.servers = servers;
        this.binlog = new SourceBinlog(servers.mysql());
        this.comparison = new RowComparison(servers);
        this.progress = progress;
    }

    /** @throws Exception when the workloads cannot be prepared; a contender's failure is in its outcome */
    public List<Outcome> run() throws Exception {
        for (Workload workload : plan.workloads()) {
            if (!plan.isEmpty(workload)) {
                run(workload);
            }
        }
        return List.copyOf(outcomes);
    }

    private record Span(BinlogStart start, BinlogStart end) {}

    private void run(Workload workload) throws Exception {
        Span span = workload instanceof LatencyWorkload ? null : load(workload, plan.contenders());
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Stage stage : plan.stages()) {
                for (Contender contender : plan.order(stage, workload, round)) {
                    Span own = span == null ? load(workload, List.of(contender)) : span;
                    outcomes.add(run(workload, stage, contender, round, own));
                }
            }
        }
        try (Connection mysql = servers.mysql().connect("")) {
            mysql.createStatement().execute("DROP DATABASE " + workload.schema());
        }
    }

    private Span load(Workload workload, List<Contender> contenders) throws Exception {
        progress.accept(workload.name() + ": " + workload.description() + ", " + workload.changes() + " rows");
        comparison.forget();
        binlog.startFile();
        try (Connection mysql = servers.mysql().connect("")) {
            workload.create(mysql);
        }
        if (Stage.COPY.suits(workload)) {
            binlog.load(workload.schema(), workload::run);
        }
        for (Contender contender : contenders) {
            if (plan.stages().stream().anyMatch(stage -> contender.takesPart(stage, workload))) {
                contender.prepare(workload, servers, directory(workload.schema() + "_" + contender.name()));
            }
        }
        BinlogStart start = binlog.end();
        if (!Stage.COPY.suits(workload)) {
            binlog.load(workload.schema(), workload::run);
        }
        return new Span(start, binlog.end());
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(servers.directory().resolve("runs").resolve(name));
    }

    private Outcome run(Workload workload, Stage stage, Contender contender, int round, Span span) throws Exception {
        String id = "%s_r%d_%s_%s"
                .formatted(workload.name(), round, stage, contender.name())
                .toLowerCase(Locale.ROOT)
                .replace('-', '_');
        var meter = new Meter(servers.processes(), SILENCE_MAX);
        var run = new StageRun(id, round, stage, workload, span.start, span.end, servers, meter, directory(id));
        Outcome outcome = outcome(run, contender);
        progress.accept("  round %d %s %s: %s".formatted(round, stage, contender.name(), words(outcome)));
        try {
            contender.discard(run);
        } catch (Exception e) {
            LOG.warn("Left behind run={}", id, e);
        }
        return outcome;
    }

    private Outcome outcome(StageRun run, Contender contender) {
        String name = contender.name();
        try {
            StageResult result = contender.run(run);
            Optional<List<String>> differences = result.destination().isPresent()
                    ? Optional.of(comparison.differences(
                            run.workload(), result.destination().get()))
                    : Optional.empty();
            return new Outcome(
                    run.workload().name(), run.stage(), name, run.round(), Optional.of(result), "", differences);
        } catch (Exception e) {
            LOG.warn("Run failed run={} directory={}", run.id(), run.directory(), e);
            return new Outcome(
                    run.workload().name(),
                    run.stage(),
                    name,
                    run.round(),
                    Optional.empty(),
                    String.valueOf(e.getMessage()),
                    Optional.empty());
        }
    }

    private static String words(Outcome outcome) {
        if (outcome.result().isEmpty()) {
            return "failed: " + outcome.failure().lines().findFirst().orElse("");
        }
        StageResult result = outcome.result().get();
        String speed = result.latencies()
                .map(l -> "median %.1f ms, p95 %.1f, p99 %.1f".formatted(l.median(), l.p95(), l.p99()))
                .orElseGet(() -> String.format(
                        Locale.ROOT, "%,.0f rows/s", result.activity().rowsPerSecond()));
        String cpu = ", %.1f us/row, %d MB"
                .formatted(
                        result.activity().cpuMicrosPerRow(), result.activity().peakBytes() >> 20);
        String rows = outcome.differences()
                .map(d -> d.isEmpty() ? ", rows equal" : ", ROWS DIFFER: " + d)
                .orElse("");
        return speed + cpu + rows;
    }
}
