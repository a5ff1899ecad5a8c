package io.kameleon.replay.consume;

import io.kameleon.catalogue.config.SourceConfig.OnReplayError;
import io.kameleon.catalogue.store.PgErrors;
import io.kameleon.catalogue.store.ReplayLaneStore;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplayPositionStore.Beginning;
import io.kameleon.catalogue.store.ReplayPositionStore.Claim;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.progress.ProgressMeter.Place;
import io.kameleon.schemas.progress.ProgressMeter.Work;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's worth of replay: takes what the topic has, applies it in PostgreSQL transactions that end where transactions
 * of the source end, with the replay position among the rows.
 *
 * <p>A batch that PostgreSQL refuses is rolled back whole, read again and applied carefully: table by table, row by row where
 * needed.
 *
 * <p>Two threads work on it: the one that runs the session fetches and collapses, the lane's writes into PostgreSQL and commits. One
 * batch is written while the next is gathered.
 */
final class ReplaySession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaySession.class);
    private static final Duration POLL_WAIT = Duration.ofMillis(100);
    private static final long MARKER_SILENCE_NANOS = Duration.ofMillis(200).toNanos();
    private static final long NOT_CAREFUL = -1;
    /** One is gathered while another is applied; both together keep to the bound. */
    private static final int BUFFERS = 2;

    private final ReplaySettings settings;
    private final Connection connection;
    private final ApplyLane lane;
    private final TopicConsumer consumer;
    private final RecordApplier applier;
    private final ReplayPositionStore positions = new ReplayPositionStore();
    private final Consumer<ReplayPosition> committedPositions;
    private final ProgressMeter progress;
    private final Batch batch = new Batch();
    /** Behind what has been handed to the lane: committed, or about to be. */
    private ReplayPosition position;
    /** As PostgreSQL has it; written by the lane. */
    private volatile ReplayPosition committed;

    private long silentSinceNanos = System.nanoTime();
    /** With the tables' list that {@link #applier} works by; written while the lane is idle. */
    private volatile Claim claim;
    /** Up to this offset batches are applied carefully, because one of them was refused. */
    private long carefulUntil = NOT_CAREFUL;

    private ReplaySession(
            ReplaySettings settings,
            ProgressMeter progress,
            Connection connection,
            TopicConsumer consumer,
            Beginning beginning,
            Map<TableId, Long> ahead,
            Consumer<ReplayPosition> committedPositions)
            throws SQLException {
        this.claim = beginning.claim();
        this.settings = settings;
        this.progress = progress;
        this.connection = connection;
        this.consumer = consumer;
        this.position = beginning.position();
        this.committed = position;
        this.committedPositions = committedPositions;
        this.lane = new ApplyLane(settings.source());
        this.applier = new RecordApplier(settings, lane, connection, ahead, progress);
        connection.commit(); // ends the reading of the catalogue's table list
    }

    /** @throws ReplicationException POSITION_MISSING before the source was initialised; DESTINATION_UNREACHABLE, ... */
    static ReplaySession open(
            ReplaySettings settings, ProgressMeter progress, Consumer<ReplayPosition> committedPositions) {
        Connection connection = settings.destination().open("replay-" + settings.source());
        TopicConsumer consumer = null;
        try {
            connection.setAutoCommit(false);
            var positions = new ReplayPositionStore();
            Beginning beginning =
                    positions.begin(connection, settings.source()).orElseThrow(() -> notInitialised(settings.source()));
            ReplayPosition position = beginning.position();
            Map<TableId, Long> ahead = ahead(connection, position);
            ReplaySettings current = settings.withMappings(new SourceStore().mappings(connection, settings.source()));
            connection.commit();
            consumer = TopicConsumer.open(settings, position);
            var session =
                    new ReplaySession(current, progress, connection, consumer, beginning, ahead, committedPositions);
            committedPositions.accept(position);
            progress.batch(place(position), Work.NONE);
            return session;
        } catch (SQLException e) {
            closeQuietly(connection, consumer, e);
            throw PgErrors.translate(e, "Replay cannot start", Map.of("source", settings.source()));
        } catch (RuntimeException e) {
            closeQuietly(connection, consumer, e);
            throw e;
        }
    }

    /** What a replay that was killed between the commits of its lanes has left. */
    private static Map<TableId, Long> ahead(Connection connection, ReplayPosition position) throws SQLException {
        Map<TableId, Long> ahead = new ReplayLaneStore().ahead(connection, position.source(), position.nextOffset());
        if (!ahead.isEmpty()) {
            LOG.info(
                    "Tables are ahead of the position, what they have is passed over source={} tables={} until={}",
                    position.source(),
                    ahead.size(),
                    Collections.max(ahead.values()));
        }
        return ahead;
    }

    long nextOffset() {
        return committed.nextOffset();
    }

    void run(BooleanSupplier stopping) {
        while (!stopping.getAsBoolean()) {
            try {
                step();
            } catch (SQLException e) {
                goBack(notApplied(e));
            } catch (ReplicationException e) {
                goBack(first(e));
            }
        }
        try {
            lane.await();
        } catch (SQLException e) {
            throw notApplied(e);
        }
    }

    private void step() throws SQLException {
        if (lane.isIdle()) {
            lane.await(); // a failure is noticed, with nothing more to apply too
        }
        boolean complete = !batch.isEmpty() && batch.isAtBoundary();
        var records = consumer.poll(complete ? Duration.ZERO : POLL_WAIT);
        progress.polled();
        if (!records.isEmpty()) {
            silentSinceNanos = System.nanoTime();
        }
        for (ConsumerRecord<byte[], byte[]> message : records) {
            take(message);
        }
        if (batch.isEmpty()) {
            advanceOverMarkers();
        } else if (batch.isAtBoundary() && (records.isEmpty() || lane.isIdle())) {
            commit();
        }
        consumer.reportOffset(committed.nextOffset());
    }

    private void take(ConsumerRecord<byte[], byte[]> message) throws SQLException {
        applier.apply(message, batch, position, isCareful());
        long bytes = applier.bufferedBytes();
        if (bytes >= settings.bytesMax() / BUFFERS / 2 && batch.isAtBoundary() && applier.canUseLanes()) {
            commit();
        } else if (bytes >= settings.bytesMax() / BUFFERS) {
            applier.startFlush(batch.lastOffset(), isCareful());
        }
        if (batch.isAtBoundary() && (batch.rows() >= settings.rowsMax(applier.bufferedTables()) || isCareful())) {
            commit();
        }
    }

    /** Hands the batch over to the lane as soon as that is through with the one before; carefully, waits for the end of it. */
    private void commit() throws SQLException {
        ReplayPosition from = position;
        ReplayPosition next = from.after(batch.result());
        boolean careful = isCareful();
        RecordApplier.LastWrite rows = applier.endBatch(next.nextOffset(), careful);
        lane.start(batch.lastOffset(), () -> {
            long begun = System.nanoTime();
            rows.run(claim, from, next);
            commit(from, next, begun);
        });
        if (careful) {
            lane.await();
            carefulUntil = batch.lastOffset() >= carefulUntil ? NOT_CAREFUL : carefulUntil;
        }
        batch.clear();
        position = next;
    }

    /** On the lane's thread. @param begunNanos when PostgreSQL was first asked for the batch */
    private void commit(ReplayPosition from, ReplayPosition next, long begunNanos) throws SQLException {
        positions.advance(connection, claim, from.nextOffset(), next);
        applier.writeCounts();
        connection.commit();
        applier.committed();
        committed = next;
        committedPositions.accept(next);
        progress.batch(
                place(next),
                new Work(
                        next.rows() - from.rows(),
                        next.transactions() - from.transactions(),
                        next.schemaChanges() - from.schemaChanges(),
                        next.transactions() > from.transactions() ? 1 : 0,
                        (System.nanoTime() - begunNanos) / 1_000_000));
    }

    private static Place place(ReplayPosition at) {
        return new Place(
                at.coordinates().map(BinlogCoordinates::file).orElse(""),
                at.coordinates().map(BinlogCoordinates::position).orElse(0L),
                at.gtidSet(),
                at.sourceCommittedAt().map(Instant::toEpochMilli).orElse(0L),
                at.nextOffset());
    }

    /**
     * With nothing left to apply the position still passes the marks that end Kafka's transactions, so that lag falls to 0, and
     * the counts of the last second are written. Not at once: under small transactions each of their marks would cost a commit of
     * its own.
     */
    private void advanceOverMarkers() throws SQLException {
        if (System.nanoTime() - silentSinceNanos < MARKER_SILENCE_NANOS || !lane.isIdle()) {
            return;
        }
        long at = consumer.position();
        if (at > position.nextOffset() || applier.hasCountsDue()) {
            ReplayPosition from = position;
            ReplayPosition next =
                    from.after(new ReplayPosition.Batch(at, Optional.empty(), "", Optional.empty(), 0, 0, 0));
            lane.start(at, () -> commit(from, next, System.nanoTime()));
            position = next;
        }
    }

    private boolean isCareful() {
        return carefulUntil != NOT_CAREFUL;
    }

    /** The failure of what is under way in the lane comes before that of a record behind it. */
    private ReplicationException first(ReplicationException failure) {
        try {
            lane.await();
            return failure;
        } catch (SQLException e) {
            throw notApplied(e);
        } catch (ReplicationException e) {
            e.addSuppressed(failure);
            return e;
        }
    }

    /** Goes back to the last commit after what a second run mends; every other failure is passed on. */
    private void goBack(ReplicationException failure) {
        if (failure.code().handling() != Handling.RETRY && tablesChanged()
                || failure.code() == ErrorCode.TABLES_CHANGED) {
            LOG.info("A table was put in place, the batch is applied again source={}", settings.source());
            backToCommitted();
        } else if (failure.code() == ErrorCode.DESTINATION_BUSY && applier.leaveLanes()) {
            LOG.warn(
                    "Lanes were in each other's way, one applies alone until replay starts again source={} cause=\"{}\"",
                    settings.source(),
                    failure.getMessage());
            backToCommitted();
        } else {
            retryCarefully(failure);
        }
    }

    /** Whatever a batch fails by, it may be that it met another table than the one that it was made for. */
    private boolean tablesChanged() {
        try {
            connection.rollback();
            boolean changed = positions.generation(connection, settings.source()) != claim.generation();
            connection.commit();
            return changed;
        } catch (SQLException e) {
            throw notApplied(e);
        }
    }

    private void retryCarefully(ReplicationException failure) {
        Handling handling = failure.code().handling();
        if (handling != Handling.DISCARD_ROW && handling != Handling.DISABLE_TABLE) {
            throw failure;
        }
        if (settings.onError() == OnReplayError.EXIT) {
            throw stopping(failure);
        }
        long refusedUpTo = lane.failedUpTo().orElse(batch.lastOffset());
        if (isCareful() || refusedUpTo < committed.nextOffset()) {
            throw stuck(failure);
        }
        LOG.warn(
                "Batch refused, applying it row by row source={} cause=\"{}\"",
                settings.source(),
                failure.getMessage());
        carefulUntil = refusedUpTo;
        backToCommitted();
    }

    private void backToCommitted() {
        lane.forgetFailure();
        batch.clear();
        position = committed;
        try {
            connection.rollback();
            claim = positions.renew(connection, claim); // before the list that its generation stands for
            requireSameMappings();
            applier.rolledBack(ahead(connection, position));
            connection.commit();
        } catch (SQLException e) {
            throw PgErrors.translate(e, "A batch cannot be rolled back", Map.of("source", settings.source()));
        }
        consumer.seek(position.nextOffset());
    }

    /** Other mappings need another session. */
    private void requireSameMappings() throws SQLException {
        var mappings = new SourceStore().mappings(connection, settings.source());
        if (!mappings.equals(settings.filter().mappings())) {
            throw new ReplicationException(
                    ErrorCode.TABLES_CHANGED,
                    "The schema mappings changed",
                    Map.of("source", settings.source()),
                    "Replay goes on with the new ones by itself.");
        }
    }

    private ReplicationException notApplied(SQLException cause) {
        return PgErrors.translate(cause, "A batch was not applied", Map.of("source", settings.source()));
    }

    private ReplicationException stuck(ReplicationException failure) {
        return new ReplicationException(
                ErrorCode.INTERNAL,
                "A refused batch could not be taken apart: " + failure.getMessage(),
                Map.of("source", settings.source(), "offset", committed.nextOffset()),
                "Nothing was applied of it; report this with the log.",
                failure);
    }

    /** {@code on_error_replay: exit}. */
    private ReplicationException stopping(ReplicationException failure) {
        return new ReplicationException(
                ErrorCode.STOPPED_BY_POLICY,
                "Replay stops at its first refused row or table: " + failure.getMessage(),
                Map.of("source", settings.source(), "offset", committed.nextOffset()),
                "Mend the cause and start again, or set on_error_replay to continue or resync.",
                failure);
    }

    private static ReplicationException notInitialised(String source) {
        return new ReplicationException(
                ErrorCode.POSITION_MISSING,
                "The source was never initialised: the catalogue holds no replay position",
                Map.of("source", source),
                "Run 'kameleon init_replica --source " + source + "' first.");
    }

    private static void closeQuietly(Connection connection, TopicConsumer consumer, Exception first) {
        if (consumer != null) {
            consumer.close();
        }
        try {
            connection.close();
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        lane.close();
        applier.close();
        consumer.close();
        try {
            connection.close(); // rolls back what is open: it is read again from the position
        } catch (SQLException e) {
            LOG.warn("Connection was not closed source={} at={}", settings.source(), Instant.now(), e);
        }
    }
}
