package io.kameleon.admin.monitor;

import io.kameleon.admin.monitor.stats.MinuteStats;
import io.kameleon.admin.monitor.stats.SideStats;
import io.kameleon.admin.monitor.stats.SourceView;
import io.kameleon.catalogue.metrics.ProcessMetrics;
import io.kameleon.catalogue.store.CopyRange;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.SideFailure;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the monitor knows, as metrics; what is not known has no series. Thread-safe. */
final class MonitorMetrics {
    private final ProcessMetrics metrics;
    private final Looks looks;
    private final Statistics statistics;
    private final Clock clock;
    private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();

    MonitorMetrics(ProcessMetrics metrics, Looks looks, Statistics statistics, Clock clock) {
        this.metrics = metrics;
        this.looks = looks;
        this.statistics = statistics;
        this.clock = clock;
        FunctionCounter.builder("kameleon.monitor.look.failures", looks, Looks::failures)
                .description("Looks that failed")
                .register(metrics.registry());
    }

    /** One round's rows, by metric. */
    private static final class Rows {
        private final Map<String, List<Row<?>>> byName = new LinkedHashMap<>();

        void put(String name, double value, String... tags) {
            byName.computeIfAbsent(name, any -> new ArrayList<>()).add(Row.of(Tags.of(tags), value));
        }

        void put(String name, Optional<? extends Number> value, String... tags) {
            value.ifPresent(known -> put(name, known.doubleValue(), tags));
        }
    }

    synchronized String scrape() {
        var rows = new Rows();
        looks.all().forEach(look -> addLook(rows, look));
        Instant since = clock.instant().minus(Duration.ofMinutes(3));
        statistics.here(since).forEach(view -> addStatistics(rows, view));
        MeterRegistry registry = metrics.registry();
        rows.byName
                .keySet()
                .forEach(name -> gauges.computeIfAbsent(
                        name, any -> MultiGauge.builder(name).register(registry)));
        gauges.forEach((name, gauge) -> gauge.register(rows.byName.getOrDefault(name, List.of()), true));
        return metrics.scrape();
    }

    private static void addLook(Rows rows, SourceLook look) {
        String source = look.source();
        var lag = look.lag();
        rows.put("kameleon.replication.lag.seconds", lag.readSeconds(), "source", source, "stage", "read");
        rows.put("kameleon.replication.lag.seconds", lag.applySeconds(), "source", source, "stage", "apply");
        rows.put("kameleon.replication.lag.seconds", lag.seconds(), "source", source, "stage", "end_to_end");
        rows.put("kameleon.replication.lag.bytes", lag.bytes(), "source", source);
        rows.put("kameleon.consumer.lag.records", lag.records(), "source", source);
        rows.put(
                "kameleon.replication.caught.up", lag.seconds().map(seconds -> seconds == 0 ? 1 : 0), "source", source);
        rows.put("kameleon.binlog.retention.remaining.seconds", lag.retentionSeconds(), "source", source);
        lag.unreadTransactions()
                .ifPresent(count ->
                        rows.put("kameleon.replication.lag.transactions", count, "source", source, "stage", "read"));
        rows.put("kameleon.source.clock.offset.seconds", lag.clockOffsetSeconds(), "source", source);
        rows.put(
                "kameleon.source.state",
                1,
                "source",
                source,
                "state",
                look.status().status());
        for (Role role : List.of(Role.READER, Role.REPLAY)) {
            long holders = look.status().leases().stream()
                    .filter(lease -> lease.role() == role)
                    .count();
            rows.put("kameleon.source.roles", holders, "source", source, "role", lower(role));
        }
        for (SideFailure failure : look.status().failures()) {
            rows.put(
                    "kameleon.source.failure",
                    1,
                    "source",
                    source,
                    "role",
                    lower(failure.role()),
                    "code",
                    failure.code());
        }
        for (State state : State.values()) {
            rows.put("kameleon.tables", look.status().count(state), "source", source, "state", lower(state));
        }
        long pending = look.status().resyncs().stream()
                .filter(copy -> copy.cause() == Resync.Cause.STATEMENT && copy.phase() != Resync.Phase.DONE)
                .count();
        rows.put("kameleon.ddl.pending", pending, "source", source);
        rows.put("kameleon.quarantined.rows", look.status().discardedRows(), "source", source);
        long missing = look.status().tables().stream()
                .mapToLong(table -> table.counts().missingRows())
                .sum();
        rows.put("kameleon.missing.rows", missing, "source", source);
        rows.put("kameleon.value.conversions", look.status().zeroDates(), "source", source, "reason", "zero_date");
        rows.put("kameleon.value.conversions", look.status().nulValues(), "source", source, "reason", "nul");
        rows.put("kameleon.copy.rows", look.copyRows(), "source", source);
        rows.put("kameleon.copy.rows.estimated", look.copyRowsEstimated(), "source", source);
        for (CopyRange.State state : CopyRange.State.values()) {
            rows.put("kameleon.copy.ranges", look.ranges(state), "source", source, "state", lower(state));
        }
        rows.put("kameleon.monitor.look.timestamp.seconds", look.at().toEpochMilli() / 1000.0, "source", source);
    }

    private void addStatistics(Rows rows, SourceView view) {
        String source = view.stats().source();
        told(rows, source, "read", view.stats().read());
        told(rows, source, "apply", view.stats().replay());
        long lastWhole = Math.floorDiv(clock.millis(), 60_000L) * 60_000L - 60_000L;
        Optional<MinuteStats> minute = view.minutes().stream()
                .filter(one -> one.minuteMillis() == lastWhole)
                .findFirst();
        rows.put(
                "kameleon.source.rows.per.second",
                minute.map(MinuteStats::readRows).orElse(0L) / 60.0,
                "source",
                source,
                "side",
                "read");
        rows.put(
                "kameleon.source.rows.per.second",
                minute.map(MinuteStats::appliedRows).orElse(0L) / 60.0,
                "source",
                source,
                "side",
                "apply");
        for (double quantile : new double[] {0.5, 0.95, 0.99}) {
            rows.put(
                    "kameleon.source.commit.to.apply.quantile.seconds",
                    minute.map(one -> one.lagSeconds(quantile)).filter(value -> !value.isNaN()),
                    "source",
                    source,
                    "quantile",
                    String.valueOf(quantile));
        }
    }

    private static void told(Rows rows, String source, String side, SideStats stats) {
        if (stats.toldMillis() > 0) {
            rows.put(
                    "kameleon.source.progress.timestamp.seconds",
                    stats.toldMillis() / 1000.0,
                    "source",
                    source,
                    "side",
                    side);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
