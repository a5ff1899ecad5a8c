package io.kameleon.admin.command;

import io.kameleon.admin.Kameleon;
import io.kameleon.admin.monitor.Monitor;
import io.kameleon.admin.monitor.MonitorActions.Outcome;
import io.kameleon.admin.resync.ServiceResyncs;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.catalogue.metrics.ListenAddress;
import io.kameleon.catalogue.process.Shutdown;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "monitor",
        mixinStandardHelpOptions = true,
        description = {
            "Serves a page with all sources, their lags, copies, tables and errors, and /metrics, /status, /health/live and",
            "/health/ready beside it, until Ctrl-C or SIGTERM. Everybody who reaches the address may read it. Buttons that",
            "start, stop and copy again, and rows that were kept aside, need a token: put one into a file that only you can",
            "read, or into the environment variable KAMELEON_MONITOR_TOKEN. The buttons work on this machine's replicas, and on services.",
            "On a cluster any number of monitors share the work; one that ends is replaced by the others. They also copy tables again",
            "for sources that a replay service works for."
        })
final class MonitorCommand implements Callable<Integer> {
    private static final int TOKEN_LENGTH_MIN = 12;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8580",
            description = "Where to serve. Default: ${DEFAULT-VALUE}.")
    private String listen;

    @Option(
            names = "--advertise",
            paramLabel = "HOST:PORT",
            description = "Where other monitors of the cluster reach this one. Default: as --listen.")
    private String advertise;

    @Option(names = "--token-file", paramLabel = "FILE", description = "Its first line is the token.")
    private Path tokenFile;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Between two looks at a source. Default: ${DEFAULT-VALUE}.")
    private int intervalSeconds;

    @Option(
            names = "--state-dir",
            paramLabel = "DIRECTORY",
            description = "What the statistics keep on disk, which may be lost. Default: $KAMELEON_HOME/monitor.")
    private Path stateDirectory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (intervalSeconds < 1 || intervalSeconds > 3600) {
            throw new ParameterException(spec.commandLine(), "--interval is from 1 to 3600 seconds");
        }
        var settings = new Monitor.Settings(
                address("--listen", listen),
                Optional.ofNullable(advertise).map(text -> address("--advertise", text)),
                Optional.ofNullable(stateDirectory)
                        .orElse(Installation.home().directory().resolve("monitor")),
                token(),
                Duration.ofSeconds(intervalSeconds));
        Installation installation = common.installation();
        Logging.replica(installation.config().global(), common.debug());
        installation.catalogue();
        var ended = new CountDownLatch(1);
        Shutdown.onSignal(ended::countDown);
        try (var resyncs = ServiceResyncs.start(installation);
                var monitor = Monitor.start(installation, settings, MonitorCommand::run)) {
            var out = spec.commandLine().getOut();
            out.println("Monitor at http://" + settings.listen().host() + ":" + monitor.port() + "/");
            out.flush();
            ended.await();
        }
        return 0;
    }

    private ListenAddress address(String option, String text) {
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private Optional<String> token() {
        Optional<String> token = Optional.ofNullable(System.getenv("KAMELEON_MONITOR_TOKEN"))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        if (tokenFile != null) {
            token = Optional.of(firstLine());
        }
        if (token.isPresent() && token.get().length() < TOKEN_LENGTH_MIN) {
            throw invalid("The monitor's token is shorter than " + TOKEN_LENGTH_MIN + " characters", null);
        }
        return token;
    }

    private String firstLine() {
        try {
            List<String> lines = Files.readAllLines(tokenFile);
            return lines.isEmpty() ? "" : lines.get(0).strip();
        } catch (IOException e) {
            throw invalid("The monitor's token cannot be read", e);
        }
    }

    private ReplicationException invalid(String what, Exception cause) {
        return new ReplicationException(
                ErrorCode.CONFIGURATION_INVALID,
                what,
                Map.of("from", tokenFile == null ? "KAMELEON_MONITOR_TOKEN" : tokenFile),
                "Write a long random text there, for example of 'openssl rand -hex 16'.",
                cause);
    }

    /** A button is its command, run in this process. */
    private static Outcome run(List<String> words) {
        var said = new StringWriter();
        var writer = new PrintWriter(said);
        int code = Kameleon.commandLine().setOut(writer).setErr(writer).execute(words.toArray(String[]::new));
        return new Outcome(code, said.toString());
    }
}
