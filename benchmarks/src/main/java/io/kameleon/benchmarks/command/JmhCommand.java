package io.kameleon.benchmarks.command;

import io.kameleon.benchmarks.jmh.JmhWorkload;
import io.kameleon.benchmarks.kameleon.ReplicaPair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the hot pieces alone, in nanoseconds and bytes allocated per row (gc.alloc.rate.norm): rowToAvro (rows events to",
            "Avro), avroToCopy (Avro to COPY's binary rows), collapsePerKey (images of a batch to the net change per key).",
            "The rows are W1's and W2's, as the source's server sends them. Writes jmh.json."
        },
        footerHeading = "%nExample:%n",
        footer = "  kameleon-bench jmh rowToAvro --forks 1")
final class JmhCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions servers;

    @Parameters(arity = "0..1", paramLabel = "PATTERN", description = "Only benchmarks whose names match it.")
    private String pattern = ".*";

    @Option(names = "--forks", paramLabel = "N", description = "Processes of each. Default: ${DEFAULT-VALUE}.")
    private int forks = 2;

    @Option(names = "--iterations", paramLabel = "N", description = "Of a second, per fork. Default: ${DEFAULT-VALUE}.")
    private int iterations = 5;

    @Option(names = "--report", paramLabel = "DIR", description = "Where jmh.json goes. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-report");

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(report);
        var options = new OptionsBuilder()
                .include("io\\.kameleon\\.benchmarks\\.jmh\\..*" + pattern)
                .forks(forks)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(report.resolve("jmh.json").toString());
        try (var running = servers.start()) {
            var properties = new ArrayList<String>();
            for (JmhWorkload workload : JmhWorkload.values()) {
                ReplicaPair pair = ReplicaPair.of(workload.workload(), running.servers(), servers.kameleon());
                properties.add("-D" + workload.unreadProperty() + "=" + pair.unread());
                properties.add("-D" + workload.readProperty() + "=" + pair.read());
            }
            options.jvmArgsAppend(properties.toArray(String[]::new));
            new Runner(options.build()).run();
        }
        return 0;
    }
}
