package io.kameleon.benchmarks.command;

import io.kameleon.benchmarks.kameleon.KameleonServices;
import io.kameleon.benchmarks.report.GrowthReport;
import io.kameleon.benchmarks.report.GrowthReport.Point;
import io.kameleon.benchmarks.run.Benchmark;
import io.kameleon.benchmarks.run.BenchmarkPlan;
import io.kameleon.benchmarks.run.Outcome;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.workload.GrowthWorkload;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures how Kameleon's time per row changes with size, reader and replay each alone: backlog (100,000 to",
            "10,000,000 rows), columns (4 to 500; look at the time per byte), tables (1 to 5,000), rows of a transaction",
            "(1 to 1,000,000), and how soon a reader with 20,000 tables publishes its first row. Writes growth.md."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kameleon-bench growth --dimensions tables,columns --rows 100000",
            "  kameleon-bench growth --largest 100000       nothing larger than that: minutes instead of hours"
        })
final class GrowthCommand implements Callable<Integer> {
    /** What grows. */
    enum Dimension {
        BACKLOG(100_000, 1_000_000, 10_000_000),
        COLUMNS(4, 20, 100, 500),
        TABLES(1, 100, 1000, 5000),
        TRANSACTION(1, 100, 10_000, 1_000_000),
        START(100, 20_000);

        private final List<Long> sizes;

        Dimension(long... sizes) {
            this.sizes = LongStream.of(sizes).boxed().toList();
        }
    }

    private static final int COLUMNS = 8;
    private static final int TRANSACTION_ROWS = 100;

    @Mixin
    private ServerOptions servers;

    @Option(
            names = "--dimensions",
            split = ",",
            paramLabel = "NAME",
            description = "Only these: ${COMPLETION-CANDIDATES}.")
    private Set<Dimension> dimensions = EnumSet.allOf(Dimension.class);

    @Option(names = "--largest", paramLabel = "N", description = "Leaves out larger sizes.")
    private long largest = Long.MAX_VALUE;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of a run where it is not they that grow. Default: ${DEFAULT-VALUE}.")
    private long rows = 500_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds = 1;

    @Option(names = "--report", paramLabel = "DIR", description = "Where growth.md goes. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-report");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var points = new ArrayList<Point>();
        try (var running = servers.start()) {
            for (Dimension dimension : dimensions) {
                for (long size : dimension.sizes) {
                    if (size <= largest) {
                        points.add(measure(dimension, size, running));
                    }
                }
            }
        }
        String text = GrowthReport.of(points);
        Files.createDirectories(report);
        Files.writeString(report.resolve("growth.md"), text);
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
        return points.stream().allMatch(point -> point.outcomes().stream().allMatch(Outcome::isValid)) ? 0 : 1;
    }

    private Point measure(Dimension dimension, long size, ServerOptions.Started running) throws Exception {
        GrowthWorkload workload = workload(dimension, size);
        Set<Stage> stages = dimension == Dimension.START ? EnumSet.of(Stage.READ) : EnumSet.of(Stage.READ, Stage.APPLY);
        PrintWriter err = spec.commandLine().getErr();
        try (var kameleon = new KameleonServices(servers.kameleon())) {
            var plan = new BenchmarkPlan(List.of(workload), stages, List.of(kameleon), rounds);
            List<Outcome> outcomes = new Benchmark(plan, running.servers(), line -> {
                        err.println(line);
                        err.flush();
                    })
                    .run();
            return new Point(dimension.name(), size, outcomes);
        }
    }

    private GrowthWorkload workload(Dimension dimension, long size) {
        int number = Math.toIntExact(size);
        return switch (dimension) {
            case BACKLOG -> new GrowthWorkload("BACKLOG", size, 1, COLUMNS, TRANSACTION_ROWS, 1);
            case COLUMNS ->
                new GrowthWorkload("COLUMNS", Math.max(1000, rows * COLUMNS / size), 1, number, TRANSACTION_ROWS, 1);
            case TABLES -> new GrowthWorkload("TABLES", Math.max(size, rows), number, COLUMNS, TRANSACTION_ROWS, 1);
            case TRANSACTION -> new GrowthWorkload("TRANSACTION", Math.max(size, rows), 1, COLUMNS, number, 1);
            case START -> new GrowthWorkload("START", size, number, COLUMNS, TRANSACTION_ROWS, 1);
        };
    }
}
