package io.kameleon.admin.command;

import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.SourceStatus;
import io.kameleon.catalogue.store.ConversionStore;
import io.kameleon.catalogue.store.CopyProgressStore.Progress;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.Resync.Phase;
import io.kameleon.catalogue.store.SideFailure;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The status of sources for people, in the order of their questions: does it run, how far behind, consistent, what is wrong, what does it do. */
final class StatusText {
    /** Services replicate: of them only a monitor reaches the source's tables. */
    private static final String NO_COPIER =
            "; no process is at it: a monitor does it ('kameleon monitor'), or 'kameleon sync_tables'";

    private final PrintWriter out;

    StatusText(PrintWriter out) {
        this.out = out;
    }

    void print(List<SourceStatus> statuses) {
        if (statuses.isEmpty()) {
            out.println("No source was added yet: kameleon add_source --source NAME");
            out.flush();
            return;
        }
        var table = new TextTable(
                "Source",
                "Type",
                "Status",
                "Read lag",
                "Replay lag",
                "Consumer lag",
                "Consistent",
                "Disabled",
                "Discarded",
                "Skipped",
                "Copying",
                "Rows",
                "Last replay");
        statuses.forEach(status -> row(status, table));
        table.print(out);
        for (SourceStatus status : statuses) {
            printWrong(status);
            printServices(status);
            printDoing(status);
        }
        out.flush();
    }

    private static void row(SourceStatus status, TextTable table) {
        table.row(
                status.source().name(),
                lower(status.source().kind()),
                status.status(),
                status.readLagSeconds().map(StatusText::seconds).orElse(null),
                status.replayLagSeconds().map(StatusText::seconds).orElse(null),
                status.consumerLagRecords().orElse(null),
                status.consistent() ? "yes" : "no",
                status.count(State.DISABLED),
                status.discardedRows(),
                status.skippedRows(),
                status.copying(),
                status.replay().map(ReplayPosition::rows).orElse(0L),
                status.replay().flatMap(ReplayPosition::sourceCommittedAt).orElse(null));
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f s", value);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void printWrong(SourceStatus status) {
        String source = status.source().name();
        for (SideFailure failure : status.failures()) {
            out.println(
                    source + ": the " + lower(failure.role()) + " ended at " + failure.at() + ": " + failure.reason());
        }
        for (Lease lease : status.crashed()) {
            out.println(source + ": the " + lower(lease.role()) + " crashed: process "
                    + lease.owner().pid() + " on " + lease.owner().host()
                    + " is gone, last seen at " + lease.renewedAt()
                    + ". What is committed is safe; start it again");
        }
        for (ConversionStore.Count count : status.conversions()) {
            out.println(count.table() + " had values that PostgreSQL cannot hold: " + count.zeroDates()
                    + " zero dates, " + count.nulValues() + " with NUL characters");
        }
        for (ReplicaTable table : status.tables()) {
            table.reason()
                    .ifPresent(reason -> out.println(table.id() + " is "
                            + (table.isPaused() ? "" : lower(table.state()) + ": ") + reason.text()));
        }
    }

    /** Nothing where one process does all. */
    private void printServices(SourceStatus status) {
        List<Lease> owners = status.owners();
        if (owners.stream()
                        .map(lease -> lease.owner().host() + lease.owner().pid())
                        .distinct()
                        .count()
                > 1) {
            out.println(status.source().name() + ": "
                    + owners.stream().map(StatusText::owner).collect(Collectors.joining(", ")));
        }
    }

    private static String owner(Lease lease) {
        return lower(lease.role()) + " on " + lease.owner().host() + ", pid "
                + lease.owner().pid() + ", since " + lease.startedAt();
    }

    private void printDoing(SourceStatus status) {
        status.copy().ifPresent(copy -> out.println(status.source().name() + ": " + text(copy)));
        for (Resync resync : status.resyncs()) {
            if (resync.phase() != Phase.DONE) {
                boolean alone = resync.phase() == Phase.WAITING && status.lacksCopier();
                out.println(resync.table() + " " + ResyncText.of(resync) + (alone ? NO_COPIER : ""));
            }
        }
    }

    private static String text(Progress copy) {
        return String.format(
                Locale.ROOT,
                "initial copy, at %s: %,d of about %,d rows, %d of %d tables done",
                copy.updatedAt(),
                copy.rows(),
                Math.max(copy.rows(), copy.rowsEstimated()),
                copy.tablesDone(),
                copy.tables());
    }

    void printTables(SourceStatus status) {
        out.println();
        out.println("Read position    "
                + status.read().map(r -> r.position().coordinates().toString()).orElse("-"));
        out.println("Replay position  "
                + status.replay()
                        .flatMap(ReplayPosition::coordinates)
                        .map(Object::toString)
                        .orElse("-"));
        status.owners().forEach(lease -> out.println("Owner            " + owner(lease)));
        out.println();
        var table = new TextTable(
                "Table", "Destination", "State", "Copied", "Inserts", "Updates", "Deletes", "Missing", "Discarded");
        for (ReplicaTable t : status.tables()) {
            table.row(
                    t.id(),
                    t.destinationSchema() + "." + t.destinationTable(),
                    lower(t.state()),
                    t.rowsCopied(),
                    t.counts().inserts(),
                    t.counts().updates(),
                    t.counts().deletes(),
                    t.counts().missingRows(),
                    t.counts().discardedRows());
        }
        table.print(out);
        out.flush();
    }
}
