package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.ConversionStore;
import io.kameleon.catalogue.store.TableCounts;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.replay.apply.FlushResult;
import io.kameleon.replay.row.ConversionCounts.Totals;
import io.kameleon.schemas.progress.Measure;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.progress.TableTally;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Sums what was applied per table and writes it to the catalogue at most once a second: with every small batch it would cost more
 * than the rows. A crash loses the counts of its last second, never those of a batch that was rolled back. One thread only.
 */
final class CountLedger {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final String source;
    private final Connection connection;
    private final ProgressMeter progress;
    private final TableStore store = new TableStore();
    private final Map<TableId, TableCounts> committed = new HashMap<>();
    private final Map<TableId, TableCounts> open = new HashMap<>();
    private final ConversionStore conversions = new ConversionStore();
    private final Map<TableId, Totals> committedConversions = new HashMap<>();
    private final Map<TableId, Totals> openConversions = new HashMap<>();
    private final Map<DdlOutcome, Long> openOutcomes = new EnumMap<>(DdlOutcome.class);
    private long writtenNanos = System.nanoTime() - INTERVAL_NANOS;
    private boolean written;

    /** What became of a table's part in a schema change. */
    enum DdlOutcome {
        APPLIED,
        /** The table is not replicated. */
        IGNORED,
        /** The table is disabled by it. */
        QUARANTINED,
        /** It was applied as far as it could be; only a copy has the source's values. */
        RESYNC
    }

    CountLedger(String source, Connection connection, ProgressMeter progress) {
        this.progress = progress;
        this.source = source;
        this.connection = connection;
    }

    void add(FlushResult flushed) {
        flushed.tables().forEach((target, c) -> {
            TableId table = target.format().table();
            add(new TableCounts(table, c.inserts(), c.updates(), c.deletes(), c.missing(), 0, 0));
            Totals conversions = target.conversions().take();
            if (!conversions.isZero()) {
                openConversions.merge(table, conversions, Totals::plus);
            }
        });
    }

    void discarded(TableId table) {
        add(new TableCounts(table, 0, 0, 0, 0, 1, 0));
    }

    void schemaChange(TableId table) {
        add(new TableCounts(table, 0, 0, 0, 0, 0, 1));
    }

    void outcome(DdlOutcome outcome) {
        openOutcomes.merge(outcome, 1L, Long::sum);
    }

    private void add(TableCounts counts) {
        open.merge(counts.table(), counts, CountLedger::sum);
    }

    /** Only while nothing is under way. */
    boolean isDue() {
        return !committed.isEmpty() && isIntervalOver();
    }

    private boolean isIntervalOver() {
        return System.nanoTime() - writtenNanos >= INTERVAL_NANOS;
    }

    void writeWhenDue() throws SQLException {
        if (!isIntervalOver()) {
            return;
        }
        var all = new HashMap<>(committed);
        open.forEach((table, counts) -> all.merge(table, counts, CountLedger::sum));
        store.addCounts(connection, source, all.values());
        var allConversions = new HashMap<>(committedConversions);
        openConversions.forEach((table, totals) -> allConversions.merge(table, totals, Totals::plus));
        for (Map.Entry<TableId, Totals> table : allConversions.entrySet()) {
            Totals totals = table.getValue();
            conversions.add(
                    connection,
                    source,
                    new ConversionStore.Count(table.getKey(), totals.zeroDates(), totals.nulValues()));
        }
        written = true;
    }

    void committed() {
        openOutcomes.forEach((outcome, count) ->
                progress.count(Measure.DDL_STATEMENTS, outcome.name().toLowerCase(Locale.ROOT), count));
        openOutcomes.clear();
        open.values().forEach(c -> progress.table(c.table(), tally(c)));
        if (written) {
            committed.clear();
            committedConversions.clear();
            writtenNanos = System.nanoTime();
        } else {
            open.forEach((table, counts) -> committed.merge(table, counts, CountLedger::sum));
            openConversions.forEach((table, totals) -> committedConversions.merge(table, totals, Totals::plus));
        }
        open.clear();
        openConversions.clear();
        written = false;
    }

    void rolledBack() {
        openOutcomes.clear();
        open.clear();
        openConversions.clear();
        written = false;
    }

    private static TableTally tally(TableCounts c) {
        return new TableTally(c.inserts(), c.updates(), c.deletes(), c.missingRows(), c.discardedRows());
    }

    private static TableCounts sum(TableCounts a, TableCounts b) {
        return new TableCounts(
                a.table(),
                a.inserts() + b.inserts(),
                a.updates() + b.updates(),
                a.deletes() + b.deletes(),
                a.missingRows() + b.missingRows(),
                a.discardedRows() + b.discardedRows(),
                a.schemaChanges() + b.schemaChanges());
    }
}
