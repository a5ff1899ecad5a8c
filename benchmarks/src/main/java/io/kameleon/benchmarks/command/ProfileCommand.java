package io.kameleon.benchmarks.command;

import io.kameleon.benchmarks.kameleon.KameleonOneProcess;
import io.kameleon.benchmarks.kameleon.KameleonServices;
import io.kameleon.benchmarks.kameleon.KameleonSettings;
import io.kameleon.benchmarks.profile.ProfileFile;
import io.kameleon.benchmarks.run.Benchmark;
import io.kameleon.benchmarks.run.BenchmarkPlan;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs one stage of Kameleon under the flight recorder of the JDK, prints where each thread's time went, and writes per",
            "process NAME.jfr and NAME.collapsed, which flame graph programs read. The rate it shows includes the recorder."
        },
        footerHeading = "%nExample:%n",
        footer = "  kameleon-bench profile --stage READ --workload W2")
final class ProfileCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions servers;

    @Option(names = "--stage", required = true, paramLabel = "STAGE", description = "${COMPLETION-CANDIDATES}")
    private Stage stage;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "W1, W2; follows from LATENCY and COPY. Default: W1.")
    private String workload = "W1";

    @Option(names = "--scale", paramLabel = "X", description = "Default: ${DEFAULT-VALUE}.")
    private double scale = 1;

    @Option(names = "--report", paramLabel = "DIR", description = "Where the files go. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-report");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path recordings = Files.createDirectories(report.toAbsolutePath().resolve("recordings"));
        clear(recordings);
        KameleonSettings settings = servers.kameleon()
                .with(List.of(
                        "-XX:StartFlightRecording=dumponexit=true,settings=profile,filename=" + recordings,
                        "-XX:FlightRecorderOptions=stackdepth=128",
                        "-Xlog:jfr*=off"));
        PrintWriter out = spec.commandLine().getOut();
        boolean clean;
        try (var running = servers.start();
                Contender kameleon = contender(settings)) {
            Workload work = Workloads.named(Workloads.nameFor(stage, workload), scale, 1, spec);
            var plan = new BenchmarkPlan(List.of(work), EnumSet.of(stage), List.of(kameleon), 1);
            clean = new Benchmark(plan, running.servers(), out::println)
                    .run().stream().allMatch(outcome -> outcome.isValid());
        }
        print(recordings, out);
        out.flush();
        return clean ? 0 : 1;
    }

    private Contender contender(KameleonSettings settings) {
        return stage == Stage.COPY ? new KameleonOneProcess(settings) : new KameleonServices(settings);
    }

    private static void print(Path recordings, PrintWriter out) throws IOException {
        for (Path recording : files(recordings, ".jfr")) {
            ProfileFile profile = ProfileFile.read(recording);
            String name = recording.getFileName().toString().replaceFirst("\\.jfr$", "");
            Files.write(recordings.resolve(name + ".collapsed"), profile.collapsed());
            out.println();
            out.println(recording);
            out.println(profile.topFrames());
        }
    }

    private static void clear(Path recordings) throws IOException {
        for (String kind : List.of(".jfr", ".collapsed")) {
            for (Path old : files(recordings, kind)) {
                Files.delete(old);
            }
        }
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
