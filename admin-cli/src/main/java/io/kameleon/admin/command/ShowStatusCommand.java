package io.kameleon.admin.command;

import io.kameleon.admin.output.Format;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.SourceStatus;
import io.kameleon.catalogue.store.ConversionStore;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.Resync.Phase;
import io.kameleon.catalogue.store.SourceStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "show_status",
        aliases = "show-status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows for each source: is it running, how far behind, is it consistent, what is wrong. With --source also its",
            "tables. Lags are in seconds behind the source, consumer lag in records of the topic; - means not known."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, every source within the limit", "1:failed, or a source over the limit", "2:wrong usage"
        })
final class ShowStatusCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = {"-s", "--source"},
            paramLabel = "NAME",
            description = "Only this source, with its tables.")
    private String source;

    @Option(names = "--max-lag-seconds", paramLabel = "N", description = "Exit 1 when a source is further behind.")
    private Optional<Long> maxLagSeconds = Optional.empty();

    @Option(names = "--format", defaultValue = "TABLE", description = "table or json.")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        List<SourceStatus> statuses = names(installation).stream()
                .map(name -> SourceStatus.of(installation, name, Clock.systemUTC()))
                .toList();
        var out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            Json.print(
                    out,
                    Map.of("sources", statuses.stream().map(SourceStatus::toMap).toList()));
        } else {
            print(statuses, out);
        }
        return statuses.stream().anyMatch(this::isOverLimit) ? 1 : 0;
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

    private boolean isOverLimit(SourceStatus status) {
        return maxLagSeconds.isPresent()
                && (!status.status().equals("running")
                        || status.replayLagSeconds().orElse(Double.MAX_VALUE) > maxLagSeconds.get());
    }

    private void print(List<SourceStatus> statuses, PrintWriter out) {
        if (statuses.isEmpty()) {
            out.println("No source was added yet: kameleon add_source --source NAME");
            out.flush();
            return;
        }
        var table = new TextTable(
                "Source",
                "Type",
                "Status",
                "Consistent",
                "Read lag",
                "Replay lag",
                "Consumer lag",
                "Last replay",
                "Rows",
                "Disabled",
                "Copying",
                "Discarded");
        for (SourceStatus status : statuses) {
            table.row(
                    status.source().name(),
                    status.source().kind().name().toLowerCase(Locale.ROOT),
                    status.status(),
                    status.consistent() ? "yes" : "no",
                    status.readLagSeconds().map(ShowStatusCommand::seconds).orElse(null),
                    status.replayLagSeconds().map(ShowStatusCommand::seconds).orElse(null),
                    status.consumerLagRecords().orElse(null),
                    status.replay().flatMap(ReplayPosition::sourceCommittedAt).orElse(null),
                    status.replay().map(ReplayPosition::rows).orElse(0L),
                    status.count(State.DISABLED),
                    status.copying(),
                    status.discardedRows());
        }
        table.print(out);
        statuses.forEach(status -> {
            printTrouble(status, out);
            printResyncs(status, out);
        });
        if (source != null) {
            printTables(statuses.get(0), out);
        }
        out.flush();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f s", value);
    }

    private static void printTrouble(SourceStatus status, PrintWriter out) {
        status.source().failure().ifPresent(failure -> out.println("Failed: " + failure.reason()));
        for (ConversionStore.Count count : status.conversions()) {
            out.println(count.table() + " had values that PostgreSQL cannot hold: " + count.zeroDates()
                    + " zero dates, " + count.nulValues() + " with NUL characters");
        }
        for (ReplicaTable table : status.tables()) {
            table.reason()
                    .ifPresent(reason -> out.println(table.id() + " is "
                            + table.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + reason.text()));
        }
    }

    private static void printResyncs(SourceStatus status, PrintWriter out) {
        for (Resync resync : status.resyncs()) {
            if (resync.phase() != Phase.DONE) {
                out.println(resync.table() + " " + ResyncText.of(resync));
            }
        }
    }

    private static void printTables(SourceStatus status, PrintWriter out) {
        out.println();
        out.println("Read position    "
                + status.read().map(r -> r.position().coordinates().toString()).orElse("-"));
        out.println("Replay position  "
                + status.replay()
                        .flatMap(ReplayPosition::coordinates)
                        .map(Object::toString)
                        .orElse("-"));
        out.println();
        var table = new TextTable(
                "Table", "Destination", "State", "Copied", "Inserts", "Updates", "Deletes", "Missing", "Discarded");
        for (ReplicaTable t : status.tables()) {
            table.row(
                    t.id(),
                    t.destinationSchema() + "." + t.destinationTable(),
                    t.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    t.rowsCopied(),
                    t.counts().inserts(),
                    t.counts().updates(),
                    t.counts().deletes(),
                    t.counts().missingRows(),
                    t.counts().discardedRows());
        }
        table.print(out);
    }
}
