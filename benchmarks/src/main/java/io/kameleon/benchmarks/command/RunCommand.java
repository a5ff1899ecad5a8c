package io.kameleon.benchmarks.command;

import io.kameleon.benchmarks.peer.Peers;
import io.kameleon.benchmarks.report.JsonReport;
import io.kameleon.benchmarks.report.Machine;
import io.kameleon.benchmarks.report.MarkdownReport;
import io.kameleon.benchmarks.report.Report;
import io.kameleon.benchmarks.run.Benchmark;
import io.kameleon.benchmarks.run.BenchmarkPlan;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Outcome;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.workload.Workload;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures contenders side by side on servers of their own, and writes report.md and report.json.",
            "",
            "Workloads: W1 (inserts), W2 (inserts, updates, deletes), LATENCY, COPY.",
            "Stages: READ (binlog to Kafka), APPLY (Kafka to PostgreSQL), END_TO_END, LATENCY, COPY.",
            "",
            "Every contender moves the same binlog, in interleaved rounds; rows are compared after each run. Rates are taken from",
            "the first row seen to the last, so the start of a process does not count. Do nothing else on the machine meanwhile."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, all rows equal", "1:a run failed or left unequal rows", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  kameleon-bench run --scale 0.1 --rounds 1                  a first look, in a few minutes",
            "  kameleon-bench run --only W1,W2 --stages READ,APPLY        the two sides alone",
            "  kameleon-bench run --contenders kameleon --only LATENCY    nobody else",
            "  MYSQL_URL=jdbc:mysql://127.0.0.1:3306/?user=root kameleon-bench run    with a MySQL of your own"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions servers;

    @Mixin
    private ContenderOptions contenders;

    @Option(
            names = "--scale",
            paramLabel = "X",
            description = "Size of the workloads; 1 is 1,000,000 rows of W1. Default: ${DEFAULT-VALUE}.")
    private double scale = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same rows. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Of each stage and contender. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--only", split = ",", paramLabel = "WORKLOAD", description = "Only these workloads.")
    private List<String> only = List.of();

    @Option(names = "--stages", split = ",", paramLabel = "STAGE", description = "Only these stages.")
    private Set<Stage> stages = EnumSet.allOf(Stage.class);

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where report.md and report.json go. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-report");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<Workload> workloads = workloads();
        List<Contender> taking = contenders.chosen(servers.kameleon(), spec);
        Instant started = Instant.now();
        Machine machine = Machine.here();
        PrintWriter err = spec.commandLine().getErr();
        try (var running = servers.start()) {
            var configurations = new LinkedHashMap<String, Map<String, String>>(Peers.ABSENT);
            var able = new ArrayList<>(taking);
            for (Contender contender : taking) {
                contender.obstacle(running.servers()).ifPresent(reason -> {
                    able.remove(contender);
                    configurations.put(contender.name(), Map.of("left out", reason));
                });
            }
            var plan = new BenchmarkPlan(workloads, EnumSet.copyOf(stages), able, rounds);
            List<Outcome> outcomes = new Benchmark(plan, running.servers(), line -> {
                        err.println(line);
                        err.flush();
                    })
                    .run();
            able.forEach(contender -> configurations.put(contender.name(), contender.configuration()));
            var described = new LinkedHashMap<String, String>();
            workloads.forEach(workload -> described.put(workload.name(), workload.description()));
            return write(new Report(
                    started,
                    SourceTree.commit(),
                    machine,
                    options(),
                    running.servers().versions(),
                    described,
                    configurations,
                    outcomes));
        } finally {
            for (Contender contender : taking) {
                contender.close();
            }
        }
    }

    private Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("scale", String.valueOf(scale));
        options.put("seed", String.valueOf(seed));
        options.put("rounds", String.valueOf(rounds));
        return options;
    }

    private int write(Report result) throws Exception {
        Files.createDirectories(report);
        String markdown = MarkdownReport.of(result);
        Files.writeString(report.resolve("report.md"), markdown);
        Files.writeString(report.resolve("report.json"), JsonReport.of(result));
        spec.commandLine().getOut().println(markdown);
        spec.commandLine().getOut().flush();
        return result.isClean() ? 0 : 1;
    }

    private List<Workload> workloads() {
        return only.isEmpty()
                ? Workloads.all(scale, seed)
                : only.stream()
                        .map(name -> Workloads.named(name, scale, seed, spec))
                        .toList();
    }
}
