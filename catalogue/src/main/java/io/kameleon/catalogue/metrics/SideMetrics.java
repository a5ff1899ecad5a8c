package io.kameleon.catalogue.metrics;

import io.kameleon.schemas.progress.LagBuckets;
import io.kameleon.schemas.progress.Measure;
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
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** One meter as metrics. Tables and errors get their series when they first occur. */
final class SideMetrics {
    private final ProgressMeter meter;
    private final MeterRegistry registry;
    private final boolean tables;
    private final Tags tags;
    private final Set<TableId> knownTables = new HashSet<>();
    private final Set<String> knownErrors = new HashSet<>();
    private final Set<Measure.Series> knownMeasures = new HashSet<>();
    private final List<Meter> bound = new ArrayList<>();
    private final List<Collector> histograms;
    private volatile ProgressTotals totals;

    SideMetrics(ProgressMeter meter, MeterRegistry registry, boolean tables, String configHash) {
        this.meter = meter;
        this.registry = registry;
        this.tables = tables;
        this.totals = meter.totals();
        this.tags = Tags.of("source", meter.source());
        this.histograms = histogramsOf(meter.side());
        bindConfig(configHash);
        if (meter.side() == Side.READ) {
            bindReader();
        } else {
            bindReplay();
        }
    }

    private void bindConfig(String hash) {
        String side = meter.side() == Side.READ ? "read" : "apply";
        bound.add(Gauge.builder("kameleon.config.info", () -> 1)
                .description("1; its label tells one state of the source's configuration from another")
                .tags(tags.and("side", side, "config_hash", hash))
                .register(registry));
    }

    private void bindReader() {
        gauge("kameleon.reader.connected", "1 while the source is read, 0 while it is waited for", SideMetrics::works);
        String rows = "Row images handed to Kafka";
        counter("kameleon.reader.rows", rows, tags.and("op", "insert"), t -> t.allTables()
                .inserts());
        counter("kameleon.reader.rows", rows, tags.and("op", "update"), t -> t.allTables()
                .updates());
        counter("kameleon.reader.rows", rows, tags.and("op", "delete"), t -> t.allTables()
                .deletes());
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
        counter("kameleon.apply.retries", "Times that PostgreSQL or Kafka was away", ProgressTotals::waits);
        gauge("kameleon.consumer.last.poll.age.seconds", "Since Kafka was last asked for records", this::pollAge);
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

    private double pollAge(ProgressTotals totals) {
        return totals.polledAtMillis() == 0
                ? Double.NaN
                : Math.max(0, System.currentTimeMillis() - totals.polledAtMillis()) / 1000.0;
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
        now.measures().keySet().stream().filter(knownMeasures::add).forEach(this::bindMeasure);
        if (tables && meter.side() == Side.REPLAY) {
            now.tables().keySet().stream().filter(knownTables::add).forEach(this::bindTable);
        }
    }

    private void bindError(String code) {
        String name = meter.side() == Side.READ ? "kameleon.reader.errors" : "kameleon.apply.errors";
        counter(name, "Errors, and waits for what was away", tags.and("code", code), t -> t.errors()
                .getOrDefault(code, 0L));
    }

    private void bindMeasure(Measure.Series series) {
        Measure measure = series.measure();
        Tags all = measure.label().isEmpty() ? tags : tags.and(measure.label(), series.value());
        ToDoubleFunction<ProgressTotals> value = t -> t.measures().getOrDefault(series, 0L);
        switch (measure.kind()) {
            case COUNTER -> counter(measure.metric(), measure.description(), all, value);
            case GAUGE -> gauge(measure.metric(), measure.description(), value);
        }
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

    /** Counted times, for quantiles and burn rates: from the source's commit to this side's, and of replay's batches. */
    List<Collector> histograms() {
        return histograms;
    }

    private List<Collector> histogramsOf(Side side) {
        String arrival = "Source transactions by the time from their commit on the source";
        if (side == Side.READ) {
            return List.of(histogram("kameleon_replication_commit_to_read_seconds", arrival, t -> lags(t)));
        }
        return List.of(
                histogram("kameleon_replication_commit_to_apply_seconds", arrival, t -> lags(t)),
                histogram(
                        "kameleon_apply_batch_seconds",
                        "PostgreSQL transactions by the time that PostgreSQL took",
                        t -> HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(buckets(t.batchTimeCounts()))
                                .sum(t.batchMillis() / 1000.0)));
    }

    private static HistogramDataPointSnapshot.Builder lags(ProgressTotals totals) {
        return HistogramDataPointSnapshot.builder().classicHistogramBuckets(buckets(totals.lagCounts()));
    }

    private static ClassicHistogramBuckets buckets(List<Long> counts) {
        double[] bounds = Arrays.copyOf(LagBuckets.boundsSeconds(), LagBuckets.SIZE);
        bounds[LagBuckets.SIZE - 1] = Double.POSITIVE_INFINITY;
        return ClassicHistogramBuckets.of(bounds, counts.toArray(Long[]::new));
    }

    private Collector histogram(
            String name, String help, Function<ProgressTotals, HistogramDataPointSnapshot.Builder> point) {
        return new Collector() {
            @Override
            public HistogramSnapshot collect() {
                return HistogramSnapshot.builder()
                        .name(name)
                        .help(help)
                        .dataPoint(point.apply(totals)
                                .labels(Labels.of("source", meter.source()))
                                .build())
                        .build();
            }
        };
    }
}
