package io.kameleon.catalogue.metrics;

import io.kameleon.schemas.progress.LagBuckets;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.progress.ProgressTotals;
import io.kameleon.schemas.progress.TableTally;
import io.kameleon.schemas.record.Side;
import io.kameleon.schemas.table.TableId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** One meter as metrics. Tables and errors get their series when they first occur. */
final class SideMetrics {
    private final ProgressMeter meter;
    private final MeterRegistry registry;
    private final boolean tables;
    private final Tags tags;
    private final Set<TableId> knownTables = new HashSet<>();
    private final Set<String> knownErrors = new HashSet<>();
    private final List<Meter> bound = new ArrayList<>();
    private volatile ProgressTotals totals;

    SideMetrics(ProgressMeter meter, MeterRegistry registry, boolean tables) {
        this.meter = meter;
        this.registry = registry;
        this.tables = tables;
        this.totals = meter.totals();
        this.tags = Tags.of("source", meter.source());
        if (meter.side() == Side.READ) {
            bindReader();
        } else {
            bindReplay();
        }
    }

    private void bindReader() {
        gauge("kameleon.reader.connected", "1 while the source is read, 0 while it is waited for", SideMetrics::works);
        counter("kameleon.reader.rows", "Row images handed to Kafka", ProgressTotals::rows);
        counter("kameleon.reader.transactions", "Source transactions handed to Kafka", ProgressTotals::transactions);
        counter("kameleon.reader.commits", "Kafka transactions", ProgressTotals::batches);
        counter("kameleon.reader.reconnects", "Times that the source or Kafka was away", ProgressTotals::waits);
        gauge(
                "kameleon.reader.last.event.timestamp.seconds",
                "Source time of the last event read",
                t -> t.sourceMillis() / 1000.0);
        gauge(
                "kameleon.reader.heartbeat.timestamp.seconds",
                "When the read position was last written",
                t -> t.workedAtMillis() / 1000.0);
        gauge("kameleon.reader.position.bytes", "Read position in its binlog file", ProgressTotals::position);
        gauge("kameleon.reader.position.file", "Number of the read position's binlog file", SideMetrics::fileNumber);
    }

    private void bindReplay() {
        gauge("kameleon.apply.connected", "1 while rows are applied, 0 while it waits", SideMetrics::works);
        counter("kameleon.apply.transactions", "Source transactions applied", ProgressTotals::transactions);
        counter("kameleon.apply.batches", "PostgreSQL transactions", ProgressTotals::batches);
        counter(
                "kameleon.apply.batch.seconds",
                "Time in which PostgreSQL was at work for them",
                t -> t.batchMillis() / 1000.0);
        counter("kameleon.apply.retries", "Times that PostgreSQL or Kafka was away", ProgressTotals::waits);
        counter("kameleon.ddl.statements", "Schema changes applied or left aside", ProgressTotals::schemaChanges);
        gauge(
                "kameleon.apply.last.commit.timestamp.seconds",
                "Source time of the last commit applied",
                t -> t.sourceMillis() / 1000.0);
        gauge(
                "kameleon.apply.next.offset",
                "First offset of the topic that is not applied",
                ProgressTotals::nextOffset);
        if (!tables) {
            counter("kameleon.apply.rows", "Row images applied", ProgressTotals::rows);
        }
    }

    private static double works(ProgressTotals totals) {
        return totals.phase().equals("WORKING") ? 1 : 0;
    }

    private static double fileNumber(ProgressTotals totals) {
        String digits = totals.file().substring(totals.file().lastIndexOf('.') + 1);
        return digits.matches("\\d{1,15}") ? Double.parseDouble(digits) : 0;
    }

    private void gauge(String name, String description, ToDoubleFunction<ProgressTotals> value) {
        bound.add(Gauge.builder(name, this, side -> value.applyAsDouble(side.totals))
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private void counter(String name, String description, ToDoubleFunction<ProgressTotals> value) {
        counter(name, description, tags, value);
    }

    private void counter(String name, String description, Tags all, ToDoubleFunction<ProgressTotals> value) {
        bound.add(FunctionCounter.builder(name, this, side -> value.applyAsDouble(side.totals))
                .description(description)
                .tags(all)
                .register(registry));
    }

    /** The meter that it shows. */
    ProgressMeter meter() {
        return meter;
    }

    /** Takes its series away. */
    synchronized void unbind() {
        bound.forEach(registry::remove);
        bound.clear();
    }

    synchronized void refresh() {
        ProgressTotals now = meter.totals();
        totals = now;
        now.errors().keySet().stream().filter(knownErrors::add).forEach(this::bindError);
        if (tables && meter.side() == Side.REPLAY) {
            now.tables().keySet().stream().filter(knownTables::add).forEach(this::bindTable);
        }
    }

    private void bindError(String code) {
        String name = meter.side() == Side.READ ? "kameleon.reader.errors" : "kameleon.apply.errors";
        counter(name, "Errors, and waits for what was away", tags.and("code", code), t -> t.errors()
                .getOrDefault(code, 0L));
    }

    private void bindTable(TableId table) {
        Tags own = tags.and("schema", table.schema(), "table", table.name());
        String rows = "Row images applied";
        counter("kameleon.apply.rows", rows, own.and("op", "insert"), t -> of(t, table)
                .inserts());
        counter("kameleon.apply.rows", rows, own.and("op", "update"), t -> of(t, table)
                .updates());
        counter("kameleon.apply.rows", rows, own.and("op", "delete"), t -> of(t, table)
                .deletes());
        counter("kameleon.apply.missing.row", "Updates and deletes that found no row", own, t -> of(t, table)
                .missing());
        counter("kameleon.apply.discarded.rows", "Rows that PostgreSQL refused, kept aside", own, t -> of(t, table)
                .discarded());
    }

    private static TableTally of(ProgressTotals totals, TableId table) {
        return totals.tables().getOrDefault(table, new TableTally(0, 0, 0, 0, 0));
    }

    /** Times from the source's commit to this side's, for quantiles and burn rates. */
    Collector histogram() {
        String name = meter.side() == Side.READ
                ? "kameleon_replication_commit_to_read_seconds"
                : "kameleon_replication_commit_to_apply_seconds";
        return new Collector() {
            @Override
            public HistogramSnapshot collect() {
                return snapshot(name, totals.lagCounts());
            }
        };
    }

    private HistogramSnapshot snapshot(String name, List<Long> counts) {
        double[] bounds = Arrays.copyOf(LagBuckets.boundsSeconds(), LagBuckets.SIZE);
        bounds[LagBuckets.SIZE - 1] = Double.POSITIVE_INFINITY;
        return HistogramSnapshot.builder()
                .name(name)
                .help("Source transactions by the time from their commit on the source")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .labels(Labels.of("source", meter.source()))
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts.toArray(Long[]::new)))
                        .build())
                .build();
    }
}
