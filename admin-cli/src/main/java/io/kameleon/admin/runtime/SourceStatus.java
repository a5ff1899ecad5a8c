package io.kameleon.admin.runtime;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.ConversionStore;
import io.kameleon.catalogue.store.CopyProgressStore;
import io.kameleon.catalogue.store.CopyProgressStore.Progress;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.FailureStore;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.catalogue.store.SideFailure;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.service.ReaderSetup;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One source as {@code show_status} shows it: from leases, positions and the state topic, never from a flag (F68).
 *
 * @param leases         also those that processes have left behind which ended without giving them back
 * @param failures       of sides that ended by themselves and were not started again
 * @param copy           an initial copy under way, or cut off
 * @param resyncs        tables that are copied again, and what came of the last such copies
 * @param conversions    the tables that have any
 * @param read           the reader's last state; empty when its Kafka cannot be reached or it has none
 * @param endOffset      behind the last committed record of the topic; empty like {@code read}
 * @param sourceEnd      where the source's binlog ended just before; empty when the source cannot be reached
 */
public record SourceStatus(
        ReplicaSource source,
        List<Lease> leases,
        List<SideFailure> failures,
        Optional<Progress> copy,
        List<ReplicaTable> tables,
        List<Resync> resyncs,
        Optional<ReplayPosition> replay,
        long discardedRows,
        List<ConversionStore.Count> conversions,
        Optional<ReadState> read,
        Optional<Long> endOffset,
        Optional<BinlogCoordinates> sourceEnd,
        Instant now) {
    public SourceStatus {
        leases = List.copyOf(leases);
        failures = List.copyOf(failures);
        tables = List.copyOf(tables);
        resyncs = List.copyOf(resyncs);
        conversions = List.copyOf(conversions);
    }

    public static SourceStatus of(Installation installation, String source, Clock clock) {
        Catalogue catalogue = installation.catalogue();
        Optional<BinlogCoordinates> sourceEnd = sourceEnd(installation, source);
        ReadSide read = ReadSide.of(installation, source);
        return catalogue.read(connection -> of(connection, source, read, sourceEnd, clock.instant()));
    }

    private static Optional<BinlogCoordinates> sourceEnd(Installation installation, String source) {
        SourceAddress address = ReaderSetup.address(installation.source(source));
        try (SourceServer server = SourceServer.connect(address)) {
            return Optional.of(new BinlogPositions(server).current().coordinates());
        } catch (ReplicationException e) {
            return Optional.empty();
        }
    }

    private static SourceStatus of(
            Connection connection, String source, ReadSide read, Optional<BinlogCoordinates> sourceEnd, Instant now)
            throws SQLException {
        return new SourceStatus(
                new SourceStore().get(connection, source),
                RunningCheck.all(connection, source),
                new FailureStore().list(connection, source),
                new CopyProgressStore().find(connection, source),
                new TableStore().list(connection, source),
                new ResyncStore().list(connection, source),
                new ReplayPositionStore().find(connection, source),
                new DiscardedRowStore().count(connection, source),
                new ConversionStore().list(connection, source),
                read.state(),
                read.endOffset(),
                sourceEnd,
                now);
    }

    /** Is it running: from leases, and from why the sides ended. */
    public Phase phase() {
        return phase(source, leases, failures);
    }

    /** As {@link #phase()}, where nothing else of the source is looked at. */
    public static Phase phase(ReplicaSource source, List<Lease> leases, List<SideFailure> failures) {
        boolean reads = isLive(leases, Role.READER);
        boolean replays = isLive(leases, Role.REPLAY);
        if (reads && replays) {
            return Phase.RUNNING;
        }
        if (source.status() == ReplicaSource.Status.INITIALISING) {
            return isLive(leases, Role.COPY) ? Phase.INITIALISING : Phase.INTERRUPTED;
        }
        if (!failures.isEmpty()) {
            return Phase.FAILED;
        }
        if (!crashed(leases).isEmpty()) {
            return Phase.CRASHED;
        }
        if (reads || replays) {
            return reads ? Phase.READING : Phase.REPLAYING;
        }
        return switch (source.status()) {
            case ADDED -> Phase.ADDED;
            case DETACHED -> Phase.DETACHED;
            case INITIALISING, INITIALISED, SYNCING -> Phase.STOPPED;
        };
    }

    /** {@link #phase()} in words. */
    public String status() {
        return phase().text();
    }

    /** What a source does as a whole. */
    public enum Phase {
        /** Both sides are at work. */
        RUNNING,
        /** Only the reader is; nobody has started replay. */
        READING,
        /** Only replay is; nobody has started the reader. */
        REPLAYING,
        /** A side ended by itself, with a reason. */
        FAILED,
        /** A side's process is gone without a word. */
        CRASHED,
        STOPPED,
        ADDED,
        /** An initial copy is under way. */
        INITIALISING,
        /** An initial copy was cut off: it is to be run again. */
        INTERRUPTED,
        DETACHED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static boolean isLive(List<Lease> leases, Role role) {
        return leases.stream().anyMatch(lease -> lease.role() == role && RunningCheck.isLive(lease));
    }

    /** Leases of readers and replays that are gone without giving them back. */
    public List<Lease> crashed() {
        return crashed(leases);
    }

    private static List<Lease> crashed(List<Lease> leases) {
        return leases.stream()
                .filter(lease -> lease.role() == Role.READER || lease.role() == Role.REPLAY)
                .filter(lease -> !RunningCheck.isLive(lease))
                .toList();
    }

    /** Every replicated table has left its copy behind, so the destination is the source's state at one moment. */
    public boolean consistent() {
        Optional<BinlogCoordinates> reached = reached();
        return source.status() == ReplicaSource.Status.INITIALISED
                && tables.stream()
                        .filter(table -> table.state() == State.REPLICATED)
                        .allMatch(table -> table.consistentPoint().isEmpty()
                                || reached.filter(table::isConsistentAt).isPresent());
    }

    /** Replay that has taken everything stands where the reader stands, though the last transactions had no rows for it. */
    private Optional<BinlogCoordinates> reached() {
        boolean caughtUp =
                replay.isPresent() && endOffset.isPresent() && replay.get().nextOffset() >= endOffset.get();
        return caughtUp && read.isPresent()
                ? read.map(state -> state.position().coordinates())
                : replay.flatMap(ReplayPosition::coordinates);
    }

    /**
     * Seconds by which the reader is behind the source: 0 when it has all that the source had committed at this look, else the age
     * of the last event that it has read. Empty when one of the two cannot be reached.
     */
    public Optional<Double> readLagSeconds() {
        if (read.isEmpty() || sourceEnd.isEmpty()) {
            return Optional.empty();
        }
        ReadState state = read.get();
        boolean caughtUp = !state.position().coordinates().isBefore(sourceEnd.get());
        return caughtUp ? Optional.of(0.0) : ageOf(state.lastEventMillis());
    }

    /**
     * Seconds by which PostgreSQL is behind the source, end to end: 0 when nothing is left to read or to apply, else the age of the
     * last source commit applied.
     */
    public Optional<Double> replayLagSeconds() {
        boolean applied = consumerLagRecords().filter(lag -> lag == 0).isPresent();
        if (applied && readLagSeconds().isPresent()) {
            return readLagSeconds();
        }
        return ageOf(replay.flatMap(ReplayPosition::sourceCommittedAt)
                .map(Instant::toEpochMilli)
                .orElse(0L));
    }

    /** The end of the initial copy stands in before the first event. */
    private Optional<Double> ageOf(long millis) {
        Optional<Instant> at = millis > 0 ? Optional.of(Instant.ofEpochMilli(millis)) : source.initialisedAt();
        return at.map(from -> Math.max(0, seconds(Duration.between(from, now))));
    }

    public Optional<Long> consumerLagRecords() {
        return ConsumerLag.records(replay, endOffset);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    public long count(State state) {
        return tables.stream().filter(table -> table.state() == state).count();
    }

    /** In an initial copy, or waiting for a copy beside the stream or in one. */
    public long copying() {
        return count(State.COPYING)
                + resyncs.stream().filter(r -> !r.phase().isOver()).count();
    }

    /** Rows are applied, but no process is at work that copies tables again. */
    public boolean lacksCopier() {
        return isLive(leases, Role.REPLAY) && !isLive(leases, Role.RESYNC);
    }

    /** Updates and deletes that found no row: anything but 0 is a divergence. */
    public long skippedRows() {
        return tables.stream().mapToLong(t -> t.counts().missingRows()).sum();
    }

    /** Zero and partial dates that came, whatever became of them. */
    public long zeroDates() {
        return conversions.stream().mapToLong(ConversionStore.Count::zeroDates).sum();
    }

    /** Values in which NUL characters were left out or replaced. */
    public long nulValues() {
        return conversions.stream().mapToLong(ConversionStore.Count::nulValues).sum();
    }

    /** The JSON form that docs/operating.md promises: fields keep name, meaning and order; new ones come last. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", source.name());
        map.put("type", source.kind().name().toLowerCase(Locale.ROOT));
        map.put("status", status());
        map.put("consistent", consistent());
        map.put("read_lag_seconds", readLagSeconds().orElse(null));
        map.put("replay_lag_seconds", replayLagSeconds().orElse(null));
        map.put("consumer_lag_records", consumerLagRecords().orElse(null));
        map.put(
                "last_read",
                read.filter(s -> s.lastEventMillis() > 0)
                        .map(s -> Instant.ofEpochMilli(s.lastEventMillis()).toString())
                        .orElse(null));
        map.put(
                "last_replay",
                replay.flatMap(ReplayPosition::sourceCommittedAt)
                        .map(Instant::toString)
                        .orElse(null));
        map.put(
                "read_position",
                read.map(s -> s.position().coordinates().toString()).orElse(null));
        map.put(
                "replay_position",
                replay.flatMap(ReplayPosition::coordinates)
                        .map(Object::toString)
                        .orElse(null));
        var counts = new LinkedHashMap<String, Object>();
        counts.put("replicated", count(State.REPLICATED));
        counts.put("disabled", count(State.DISABLED));
        counts.put("not_replicated", count(State.NOT_REPLICATED));
        counts.put("copying", copying());
        map.put("tables", counts);
        map.put("replayed_rows", replay.map(ReplayPosition::rows).orElse(0L));
        map.put("replayed_ddl", replay.map(ReplayPosition::schemaChanges).orElse(0L));
        map.put("skipped_rows", skippedRows());
        map.put("discarded_rows", discardedRows);
        map.put("converted_zero_dates", zeroDates());
        map.put("converted_nul_values", nulValues());
        map.put("copy", copy.map(SourceStatus::map).orElse(null));
        map.put("failures", failures.stream().map(SourceStatus::map).toList());
        map.put("owners", owners().stream().map(SourceStatus::map).toList());
        return map;
    }

    /** The leases under which somebody is at work. */
    public List<Lease> owners() {
        return leases.stream().filter(RunningCheck::isLive).toList();
    }

    private static Map<String, Object> map(Lease owner) {
        var map = new LinkedHashMap<String, Object>();
        map.put("role", owner.role().name().toLowerCase(Locale.ROOT));
        map.put("host", owner.owner().host());
        map.put("pid", owner.owner().pid());
        map.put("since", owner.startedAt().toString());
        map.put("renewed_at", owner.renewedAt().toString());
        return map;
    }

    private static Map<String, Object> map(Progress progress) {
        var map = new LinkedHashMap<String, Object>();
        map.put("tables", progress.tables());
        map.put("tables_done", progress.tablesDone());
        map.put("rows", progress.rows());
        map.put("rows_estimated", progress.rowsEstimated());
        map.put("updated_at", progress.updatedAt().toString());
        return map;
    }

    private static Map<String, Object> map(SideFailure failure) {
        var map = new LinkedHashMap<String, Object>();
        map.put("role", failure.role().name().toLowerCase(Locale.ROOT));
        map.put("code", failure.code());
        map.put("reason", failure.reason());
        map.put("at", failure.at().toString());
        return map;
    }
}
