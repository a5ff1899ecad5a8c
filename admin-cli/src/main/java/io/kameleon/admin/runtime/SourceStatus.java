package io.kameleon.admin.runtime;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.reader.publish.ReadState;
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
 * @param read           the reader's last state; empty when its Kafka cannot be reached or it has none
 * @param endOffset      behind the last committed record of the topic; empty like {@code read}
 */
public record SourceStatus(
        ReplicaSource source,
        List<Lease> leases,
        List<ReplicaTable> tables,
        Optional<ReplayPosition> replay,
        long discardedRows,
        Optional<ReadState> read,
        Optional<Long> endOffset,
        Instant now) {
    /** A reader writes its state every 5 seconds at least. */
    private static final Duration READER_SILENCE_MAX = Duration.ofSeconds(20);

    public SourceStatus {
        leases = List.copyOf(leases);
        tables = List.copyOf(tables);
    }

    public static SourceStatus of(Installation installation, String source, Clock clock) {
        Catalogue catalogue = installation.catalogue();
        ReadSide read = ReadSide.of(installation, source);
        return catalogue.read(connection -> of(connection, source, read, clock.instant()));
    }

    private static SourceStatus of(Connection connection, String source, ReadSide read, Instant now)
            throws SQLException {
        return new SourceStatus(
                new SourceStore().get(connection, source),
                RunningCheck.live(connection, source),
                new TableStore().list(connection, source),
                new ReplayPositionStore().find(connection, source),
                new DiscardedRowStore().count(connection, source),
                read.state(),
                read.endOffset(),
                now);
    }

    /** running, stopped, failed, or how far the source has come towards that. */
    public String status() {
        if (!leases.isEmpty()) {
            return "running";
        }
        if (source.failure().isPresent()) {
            return "failed";
        }
        return switch (source.status()) {
            case INITIALISED -> "stopped";
            default -> source.status().name().toLowerCase(Locale.ROOT);
        };
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
        boolean caughtUp = replay.isPresent()
                && endOffset.isPresent()
                && replay.get().nextOffset() >= endOffset.get();
        return caughtUp && read.isPresent()
                ? read.map(state -> state.position().coordinates())
                : replay.flatMap(ReplayPosition::coordinates);
    }

    /** Seconds since the reader was last up with the server; empty when it is not known. */
    public Optional<Double> readLagSeconds() {
        return read.filter(state -> !leases.isEmpty()).map(state -> {
            Duration silence = Duration.between(Instant.ofEpochMilli(state.writtenMillis()), now);
            return silence.compareTo(READER_SILENCE_MAX) < 0 ? 0.0 : seconds(silence);
        });
    }

    /** Seconds by which the applied source commits are behind: 0 with nothing left to apply. */
    public Optional<Double> replayLagSeconds() {
        if (consumerLagRecords().filter(lag -> lag == 0).isPresent()) {
            return Optional.of(0.0);
        }
        return replay.flatMap(ReplayPosition::sourceCommittedAt).map(at -> Math.max(0, seconds(Duration.between(at, now))));
    }

    public Optional<Long> consumerLagRecords() {
        return replay.flatMap(position -> endOffset.map(end -> Math.max(0, end - position.nextOffset())));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    public long count(State state) {
        return tables.stream().filter(table -> table.state() == state).count();
    }

    /** The documented JSON form. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", source.name());
        map.put("type", source.kind().name().toLowerCase(Locale.ROOT));
        map.put("status", status());
        map.put("consistent", consistent());
        map.put("read_lag_seconds", readLagSeconds().orElse(null));
        map.put("replay_lag_seconds", replayLagSeconds().orElse(null));
        map.put("consumer_lag_records", consumerLagRecords().orElse(null));
        map.put("last_read", read.filter(s -> s.lastEventMillis() > 0)
                .map(s -> Instant.ofEpochMilli(s.lastEventMillis()).toString())
                .orElse(null));
        map.put("last_replay", replay.flatMap(ReplayPosition::sourceCommittedAt).map(Instant::toString).orElse(null));
        map.put("read_position", read.map(s -> s.position().coordinates().toString()).orElse(null));
        map.put("replay_position", replay.flatMap(ReplayPosition::coordinates).map(Object::toString).orElse(null));
        var counts = new LinkedHashMap<String, Object>();
        counts.put("replicated", count(State.REPLICATED));
        counts.put("disabled", count(State.DISABLED));
        counts.put("not_replicated", count(State.NOT_REPLICATED));
        counts.put("copying", count(State.COPYING));
        map.put("tables", counts);
        map.put("replayed_rows", replay.map(ReplayPosition::rows).orElse(0L));
        map.put("replayed_ddl", replay.map(ReplayPosition::schemaChanges).orElse(0L));
        map.put("skipped_rows", tables.stream().mapToLong(t -> t.counts().missingRows()).sum());
        map.put("discarded_rows", discardedRows);
        map.put("failure", source.failure().map(ReplicaSource.Failure::reason).orElse(null));
        return map;
    }
}
