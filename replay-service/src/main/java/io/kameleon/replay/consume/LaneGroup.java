package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.ReplayLaneStore;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplayPositionStore.Claim;
import io.kameleon.replay.apply.BatchWriter;
import io.kameleon.replay.apply.FlushResult;
import io.kameleon.replay.apply.RowBuffer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.progress.Measure;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Several connections that apply one batch, each some of its tables: {@code replay_lanes}.
 *
 * <p>All write first; then the further ones commit, each with what it has applied ({@link ReplayLaneStore}), and the caller commits
 * the first one with the replay position. When anything fails before the commits, nothing of the batch is left. {@link #apply}
 * belongs to the session's {@link ApplyLane}, everything else to the thread of the session, while that lane is idle;
 * {@link #deal} and {@link #areUsed} at any time.
 */
final class LaneGroup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneGroup.class);
    /** Fewer are not worth a commit of their own. */
    private static final int ROWS_PER_LANE_MIN = 200;

    private static final long LOOK_MILLIS = 1000;

    private final String source;
    private final List<Lane> lanes;
    private final ExecutorService threads;
    private final ReplayLaneStore store = new ReplayLaneStore();
    private JoinedTables joined = JoinedTables.NONE;
    private final ProgressMeter progress;
    private boolean used;

    /** The first has the session's own connection. */
    private record Lane(Connection connection, BatchWriter writer) {
        int pid() throws SQLException {
            return connection.unwrap(PGConnection.class).getBackendPID();
        }
    }

    private LaneGroup(String source, List<Lane> lanes, ProgressMeter progress) {
        this.source = source;
        this.progress = progress;
        progress.state(Measure.APPLY_LANES, lanes.size());
        this.lanes = lanes;
        this.used = lanes.size() > 1;
        Map<String, String> context = MDC.getCopyOfContextMap();
        var number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(
                lanes.size(),
                work -> ApplyLane.thread("lane-" + source + "-" + number.incrementAndGet(), context, work));
    }

    /** Opens all but the first. @throws ReplicationException DESTINATION_UNREACHABLE, ... */
    static LaneGroup open(ReplaySettings settings, Connection connection, BatchWriter writer, ProgressMeter progress)
            throws SQLException {
        var lanes = new ArrayList<>(List.of(new Lane(connection, writer)));
        try {
            for (int lane = 2; lane <= settings.lanes(); lane++) {
                Connection further = settings.destination().open("replay-" + settings.source() + "-" + lane);
                further.setAutoCommit(false);
                lanes.add(new Lane(further, new BatchWriter(further)));
                further.commit(); // the writer's settings of the session last
            }
            var group = new LaneGroup(settings.source(), lanes, progress);
            group.reload();
            return group;
        } catch (SQLException | RuntimeException e) {
            closeFurther(lanes);
            throw e;
        }
    }

    /** Looks anew which tables the destination joins by foreign keys. */
    void reload() throws SQLException {
        joined = used ? JoinedTables.read(lanes.get(0).connection()) : JoinedTables.NONE;
    }

    boolean areUsed() {
        return used;
    }

    /** Until the session ends the first lane applies everything. @return false when it does already */
    boolean leave() {
        boolean left = used;
        used = false;
        progress.state(Measure.APPLY_LANES, 1);
        return left;
    }

    /** Deals a batch out, and empties the buffer; an empty list leaves all to the first lane, in the buffer. */
    List<RowBuffer> deal(RowBuffer rows) {
        long parts = used ? Math.min(lanes.size(), rows.changes() / ROWS_PER_LANE_MIN) : 1;
        return parts < 2 ? List.of() : rows.split((int) parts, joined::group);
    }

    /**
     * Writes the parts, and commits all but the first.
     *
     * @param from where the batch begins
     * @param next where it ends
     * @return what was applied, by part
     * @throws ReplicationException DESTINATION_BUSY when lanes wait for each other; as {@link BatchWriter#flush(RowBuffer)};
     *                              WRITER_FENCED, TABLES_CHANGED
     */
    List<FlushResult> apply(List<RowBuffer> parts, Claim claim, ReplayPosition from, ReplayPosition next)
            throws SQLException {
        List<Set<TableId>> tables = parts.stream().map(RowBuffer::tables).toList();
        List<FlushResult> written = write(parts);
        var commits = new ArrayList<Future<?>>();
        for (int i = 1; i < parts.size(); i++) {
            Connection connection = lanes.get(i).connection();
            int number = i + 1;
            Set<TableId> applied = tables.get(i);
            commits.add(threads.submit(() -> {
                store.applied(connection, claim, number, from, next, applied);
                connection.commit();
                return null;
            }));
        }
        throwFirst(failures(commits), parts.size());
        return written;
    }

    private List<FlushResult> write(List<RowBuffer> parts) throws SQLException {
        var running = new ArrayList<Future<FlushResult>>();
        for (int i = 0; i < parts.size(); i++) {
            Lane lane = lanes.get(i);
            RowBuffer part = parts.get(i);
            running.add(threads.submit(writing(lane, part)));
        }
        boolean inConflict = false;
        while (!areDone(running)) {
            inConflict |= isOneBlocked(running);
            if (inConflict) {
                rollbackDone(running);
            }
        }
        List<Throwable> failures = failures(running);
        if (inConflict) {
            failures.add(0, conflict());
        }
        throwFirst(failures, parts.size());
        return running.stream()
                .map(LaneGroup::result)
                .map(Optional::orElseThrow)
                .toList();
    }

    /** What fails gives its locks back at once: another lane may wait for them. */
    private static Callable<FlushResult> writing(Lane lane, RowBuffer part) {
        return () -> {
            try {
                return lane.writer().flush(part);
            } catch (RuntimeException e) {
                try {
                    lane.connection().rollback();
                } catch (SQLException broken) {
                    e.addSuppressed(broken);
                }
                throw e;
            }
        };
    }

    /** Waits a while. */
    private static boolean areDone(List<? extends Future<?>> running) {
        for (Future<?> one : running) {
            try {
                one.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                LOG.trace("A lane has failed, the others end first", e);
            } catch (TimeoutException e) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        }
        return true;
    }

    /** Whether a lane that still writes waits for one that is through, which PostgreSQL does not know to be a deadlock. */
    private boolean isOneBlocked(List<Future<FlushResult>> running) throws SQLException {
        var waiting = new ArrayList<Integer>();
        var through = new ArrayList<Integer>();
        Connection free = null;
        for (int i = 0; i < running.size(); i++) {
            if (result(running.get(i)).isPresent()) {
                through.add(lanes.get(i).pid());
                free = lanes.get(i).connection();
            } else if (!running.get(i).isDone()) {
                waiting.add(lanes.get(i).pid());
            }
        }
        if (free == null || waiting.isEmpty()) {
            return false;
        }
        try (PreparedStatement question = free.prepareStatement(
                "SELECT EXISTS (SELECT FROM unnest(?::int[]) AS w WHERE pg_blocking_pids(w) && ?::int[])")) {
            question.setArray(1, free.createArrayOf("int4", waiting.toArray()));
            question.setArray(2, free.createArrayOf("int4", through.toArray()));
            try (ResultSet answer = question.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }

    private void rollbackDone(List<Future<FlushResult>> running) throws SQLException {
        for (int i = 0; i < running.size(); i++) {
            if (result(running.get(i)).isPresent()) {
                lanes.get(i).connection().rollback();
            }
        }
    }

    private ReplicationException conflict() {
        return new ReplicationException(
                ErrorCode.DESTINATION_BUSY,
                "Tables of the destination wait for each other across replay's lanes",
                Map.of("source", source),
                "One lane goes on alone. Look for triggers on the replicated tables that write to tables that they share.");
    }

    /** Empty while it runs, and when it failed. */
    private static <T> Optional<T> result(Future<T> one) {
        try {
            return one.isDone() ? Optional.of(one.get()) : Optional.empty();
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** In the order of the lanes, after all have ended. */
    private static List<Throwable> failures(List<? extends Future<?>> ended) {
        while (!areDone(ended)) {
            LOG.debug("Waiting for lanes to end");
        }
        var failures = new ArrayList<Throwable>();
        for (Future<?> one : ended) {
            try {
                one.get();
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        }
        return failures;
    }

    /** One that a new connection mends comes before one that concerns rows: of those lanes it is not known what they have. */
    private void throwFirst(List<Throwable> failures, int parts) throws SQLException {
        if (failures.isEmpty()) {
            return;
        }
        for (int i = 0; i < parts; i++) {
            try {
                lanes.get(i).connection().rollback();
            } catch (SQLException e) {
                failures.add(0, e);
            }
        }
        Throwable first = failures.stream()
                .filter(failure -> !concernsRowOrTable(failure))
                .findFirst()
                .orElse(failures.get(0));
        failures.stream().filter(failure -> failure != first).forEach(first::addSuppressed);
        ApplyLane.rethrow(first);
    }

    private static boolean concernsRowOrTable(Throwable failure) {
        return failure instanceof ReplicationException e
                && (e.code().handling() == Handling.DISCARD_ROW || e.code().handling() == Handling.DISABLE_TABLE);
    }

    private static void closeFurther(List<Lane> lanes) {
        for (Lane lane : lanes.subList(1, lanes.size())) {
            try {
                lane.connection().close(); // rolls back what is open
            } catch (SQLException e) {
                LOG.warn("A lane's connection was not closed", e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        closeFurther(lanes);
    }
}
