package io.kameleon.admin.command;

import io.kameleon.admin.lag.LagLook;
import io.kameleon.admin.lag.SourceLag;
import io.kameleon.admin.lag.SourceLag.TableLag;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.store.SourceStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "show_lag",
        aliases = "show-lag",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how far PostgreSQL is behind each source: records of the topic that are not applied (marks of Kafka's",
            "transactions left out; ~ when there are too many to look at each), seconds since the source committed the oldest",
            "change that is missing (0 when none is, however long ago the last one was), and bytes of the source's binlog.",
            "With --source also the tables that wait. - means not known."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; with --max-lag-seconds every source runs and is within the limit",
            "1:failed, or a source is over the limit, or does not run, or its lag is not known",
            "2:wrong usage"
        })
final class ShowLagCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = {"-s", "--source"},
            paramLabel = "NAME",
            description = "Only this source, with its tables.")
    private String source;

    @Option(names = "--max-lag-seconds", paramLabel = "N", description = "Exit 1 when a source is further behind.")
    private Optional<Long> maxLagSeconds = Optional.empty();

    @Option(
            names = "--watch",
            description = "Shows it again and again until Ctrl-C, or until the limit of --max-lag-seconds is exceeded.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "With --watch: between two looks. Default: ${DEFAULT-VALUE}.")
    private int intervalSeconds;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (intervalSeconds < 1 || intervalSeconds > 3600) {
            throw new ParameterException(spec.commandLine(), "--interval is from 1 to 3600 seconds");
        }
        Installation installation = common.installation();
        var look = new LagLook(installation, Clock.systemUTC());
        while (true) {
            List<SourceLag> lags = names(installation).stream().map(look::at).toList();
            print(lags);
            if (lags.stream().anyMatch(this::isOverLimit)) {
                return 1;
            }
            if (!watch) {
                return 0;
            }
            Thread.sleep(Duration.ofSeconds(intervalSeconds).toMillis());
        }
    }

    private List<String> names(Installation installation) {
        if (source != null) {
            installation.registered(source);
            return List.of(source);
        }
        return installation.catalogue().read(connection -> new SourceStore().list(connection)).stream()
                .map(s -> s.name())
                .filter(installation.config().sources()::containsKey)
                .toList();
    }

    private boolean isOverLimit(SourceLag lag) {
        return maxLagSeconds.isPresent()
                && (!lag.status().equals("running") || lag.seconds().orElse(Double.MAX_VALUE) > maxLagSeconds.get());
    }

    private void print(List<SourceLag> lags) {
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            Json.print(
                    out, Map.of("sources", lags.stream().map(SourceLag::toMap).toList()));
            return;
        }
        if (watch) {
            out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        }
        if (lags.isEmpty()) {
            out.println("No source was added yet: kameleon add_source --source NAME");
            out.flush();
            return;
        }
        var table = new TextTable("Source", "Status", "Records", "Seconds", "Read", "Apply", "Binlog bytes");
        for (SourceLag lag : lags) {
            table.row(
                    lag.source(),
                    lag.status(),
                    records(lag),
                    lag.seconds().map(ShowLagCommand::seconds).orElse(null),
                    lag.readSeconds().map(ShowLagCommand::seconds).orElse(null),
                    lag.applySeconds().map(ShowLagCommand::seconds).orElse(null),
                    lag.bytes().orElse(null));
        }
        table.print(out);
        if (source != null) {
            printTables(lags.get(0), out);
        }
        out.flush();
    }

    /** A number stays one, so that it stands to the right. */
    private static Object records(SourceLag lag) {
        if (lag.records().isEmpty()) {
            return null;
        }
        return lag.exact() ? lag.records().get() : "~" + lag.records().get();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f s", value);
    }

    private static void printTables(SourceLag lag, PrintWriter out) {
        if (lag.tables().isEmpty()) {
            return;
        }
        out.println();
        var table = new TextTable("Table", "Records", "Seconds");
        for (TableLag waiting : lag.tables()) {
            table.row(waiting.table(), waiting.records(), seconds(waiting.seconds()));
        }
        table.print(out);
    }
}
