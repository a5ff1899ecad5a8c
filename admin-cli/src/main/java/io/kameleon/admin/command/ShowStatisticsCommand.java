package io.kameleon.admin.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kameleon.admin.monitor.stats.MinuteStats;
import io.kameleon.admin.monitor.stats.SideStats;
import io.kameleon.admin.monitor.stats.SourceStats.LastError;
import io.kameleon.admin.monitor.stats.SourceView;
import io.kameleon.admin.monitor.stats.TableStats;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.progress.LagBuckets;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "show_statistics",
        aliases = "show-statistics",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a running 'kameleon monitor' has counted: rows and rates of each source, times from commit to apply,",
            "errors; with --source also its tables. Rates and times are of the last minutes."
        })
final class ShowStatisticsCommand implements Callable<Integer> {
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Option(
            names = "--monitor",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8580",
            description = "Where the monitor serves. Default: ${DEFAULT-VALUE}.")
    private URI monitor;

    @Option(
            names = {"-s", "--source"},
            paramLabel = "NAME",
            description = "Only this source, with its tables and last errors.")
    private String source;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "Over how many minutes, up to 1440. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (minutes < 1 || minutes > 1440) {
            throw new ParameterException(spec.commandLine(), "--minutes is from 1 to 1440");
        }
        Map<String, SourceView> views = ask();
        if (source != null) {
            views.keySet().retainAll(List.of(source));
            if (views.isEmpty()) {
                throw new ReplicationException(
                        ErrorCode.SOURCE_UNKNOWN,
                        "The monitor has counted nothing of this source",
                        Map.of("source", source, "monitor", monitor),
                        "See 'kameleon show_statistics' for those it has, and 'kameleon show_sources'.");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            Json.print(out, Map.of("sources", views));
        } else if (views.isEmpty()) {
            out.println("Nothing was counted yet.");
        } else {
            print(views, out);
        }
        out.flush();
        return 0;
    }

    private Map<String, SourceView> ask() throws InterruptedException {
        long since = Instant.now().minus(Duration.ofMinutes(minutes)).toEpochMilli();
        try {
            URI uri = URI.create(monitor.toString().replaceAll("/+$", "") + "/statistics?since=" + since);
            var answer = HttpClient.newBuilder()
                    .connectTimeout(WAIT_MAX)
                    .build()
                    .send(HttpRequest.newBuilder(uri).timeout(WAIT_MAX).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw unreachable("it answers " + answer.statusCode(), null);
            }
            return MAPPER.readValue(answer.body(), new TypeReference<TreeMap<String, SourceView>>() {});
        } catch (IOException | IllegalArgumentException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    private ReplicationException unreachable(String why, Exception cause) {
        return new ReplicationException(
                ErrorCode.WRONG_STATE,
                "The monitor does not answer: " + why,
                Map.of("monitor", monitor),
                "Start it with 'kameleon monitor', or name its address with --monitor.",
                cause);
    }

    private void print(Map<String, SourceView> views, PrintWriter out) {
        var table = new TextTable(
                "Source", "Read", "Applied", "Read/s", "Applied/s", "Lag 50 %", "Lag 95 %", "Lag 99 %", "Errors");
        for (SourceView view : views.values()) {
            SideStats read = view.stats().read();
            SideStats replay = view.stats().replay();
            table.row(
                    view.stats().source(),
                    read.rows(),
                    replay.rows(),
                    perSecond(view.minutes().stream()
                            .mapToLong(MinuteStats::readRows)
                            .sum()),
                    perSecond(view.minutes().stream()
                            .mapToLong(MinuteStats::appliedRows)
                            .sum()),
                    lag(view, 0.5),
                    lag(view, 0.95),
                    lag(view, 0.99),
                    read.errors() + replay.errors());
        }
        table.print(out);
        if (source != null) {
            views.values().forEach(view -> printTables(view, out));
        }
    }

    private long perSecond(long rows) {
        return Math.round(rows / (minutes * 60.0));
    }

    private static String lag(SourceView view, double part) {
        double seconds = LagBuckets.quantileSeconds(SourceView.lagCounts(view.minutes()), part);
        return Double.isNaN(seconds) ? null : String.format(Locale.ROOT, "%.3f s", seconds);
    }

    private static void printTables(SourceView view, PrintWriter out) {
        out.println();
        var table =
                new TextTable("Table", "Read", "Inserts", "Updates", "Deletes", "Missing", "Discarded", "Last applied");
        for (TableStats one : view.tables()) {
            table.row(
                    one.schema() + "." + one.table(),
                    one.read(),
                    one.inserts(),
                    one.updates(),
                    one.deletes(),
                    one.missing(),
                    one.discarded(),
                    one.appliedMillis() == 0 ? null : Instant.ofEpochMilli(one.appliedMillis()));
        }
        table.print(out);
        for (LastError error : view.stats().lastErrors()) {
            out.println(Instant.ofEpochMilli(error.millis()) + " " + error.message());
        }
    }
}
