package io.kameleon.admin.command;

import io.kameleon.admin.lag.LagLook;
import io.kameleon.admin.lag.SourceLag;
import io.kameleon.admin.lag.SourceLag.TableLag;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.Installation;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private LookOptions look;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        var lagLook = new LagLook(installation, Clock.systemUTC());
        return look.show(spec.commandLine(), !format.isJson(), () -> {
            List<SourceLag> lags =
                    look.names(installation).stream().map(lagLook::at).toList();
            print(lags);
            return lags.stream().noneMatch(lag -> look.isOverLimit(lag.status().equals("running"), lag.seconds()));
        });
    }

    private void print(List<SourceLag> lags) {
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            Json.print(
                    out, Map.of("sources", lags.stream().map(SourceLag::toMap).toList()));
            return;
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
        if (look.isForOne()) {
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
