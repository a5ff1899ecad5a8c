package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.snapshot.KeyRange;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Loads tables with several workers at once: ranges of a table begun come before the next table, so that a large table is shared by
 * all and few are open at a time. Used once.
 */
final class ParallelCopy {
    private final Deque<Planned> waiting;
    private final List<TableLoad> open = new ArrayList<>();
    private final Supplier<SourceServer> sessions;
    private final Supplier<Connection> connections;
    private final TableStart tableStart;
    private final TableEnd tableEnd;
    private final Map<TableId, ReplicationException> failed = new TreeMap<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    /** Opens the copy of a table, on a control session of its own. */
    @FunctionalInterface
    interface TableStart {
        TableLoad start(Planned table);
    }

    /** Builds indexes and notes the point; on the worker's connection, which is in auto-commit then. */
    @FunctionalInterface
    interface TableEnd {
        void end(Planned table, TableSnapshot snapshot, Connection connection) throws SQLException;
    }

    ParallelCopy(
            List<Planned> tables,
            Supplier<SourceServer> sessions,
            Supplier<Connection> connections,
            TableStart tableStart,
            TableEnd tableEnd) {
        this.waiting = new ArrayDeque<>(tables);
        this.sessions = sessions;
        this.connections = connections;
        this.tableStart = tableStart;
        this.tableEnd = tableEnd;
    }

    /**
     * @return tables that cannot be copied, with the reason; the others are
     * @throws ReplicationException what ends the whole copy: a server that went away, no right, an interruption
     */
    Map<TableId, ReplicationException> run(int workers, String source) {
        var threads = new ArrayList<Thread>();
        for (int i = 1; i <= workers; i++) {
            var thread = new Thread(this::work, "copy-" + source + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            stop(new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "The copy was interrupted",
                    Map.of("source", source),
                    "Nothing was changed in the destination schemas; run it again.",
                    e));
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return failed;
    }

    private void work() {
        try (var worker = new Worker()) {
            while (failure.get() == null && worker.step()) {
                // One range or one table's end at a time.
            }
        } catch (SQLException e) {
            stop(new ReplicationException(
                    ErrorCode.DESTINATION_UNREACHABLE,
                    "PostgreSQL went away during the copy",
                    Map.of(),
                    "Check the server and run the copy again.",
                    e));
        } catch (RuntimeException e) {
            stop(e);
        }
    }

    private void stop(RuntimeException cause) {
        if (failure.compareAndSet(null, cause)) {
            synchronized (this) {
                open.forEach(TableLoad::cancel);
            }
        }
    }

    /** A range to load; empty when nothing is left to begin. */
    private synchronized Optional<Task> next() {
        for (TableLoad load : open) {
            Optional<KeyRange> range = load.take();
            if (range.isPresent()) {
                return Optional.of(new Task(load, range.get()));
            }
        }
        while (!waiting.isEmpty()) {
            Planned table = waiting.poll();
            try {
                TableLoad load = tableStart.start(table);
                open.add(load);
                Optional<KeyRange> range = load.take();
                if (range.isPresent()) {
                    return Optional.of(new Task(load, range.get()));
                }
            } catch (ReplicationException e) {
                tableFailed(table.definition().id(), e);
            }
        }
        return Optional.empty();
    }

    /** @throws ReplicationException when it is more than this table's own trouble */
    private synchronized void tableFailed(TableId table, ReplicationException cause) {
        if (cause.code().handling() != Handling.DISABLE_TABLE) {
            throw cause;
        }
        failed.put(table, cause);
        open.removeIf(load -> {
            boolean same = load.planned().definition().id().equals(table);
            if (same) {
                load.cancel();
            }
            return same;
        });
    }

    private synchronized boolean isOpen(TableLoad load) {
        return open.contains(load);
    }

    private synchronized void closed(TableLoad load) {
        open.remove(load);
    }

    private record Task(TableLoad load, KeyRange range) {}

    /** One thread's session and connection. */
    private final class Worker implements AutoCloseable {
        private final Connection connection = connections.get();
        private SourceServer session = sessions.get();
        private TableLoad loadOf;
        private RangeLoad load;

        boolean step() throws SQLException {
            Optional<Task> task = next();
            if (task.isEmpty()) {
                return false;
            }
            try {
                load(task.get());
            } catch (ReplicationException e) {
                if (isOpen(task.get().load())) {
                    tableFailed(task.get().load().planned().definition().id(), e);
                }
            }
            return true;
        }

        private void load(Task task) throws SQLException {
            TableLoad table = task.load();
            if (loadOf != table) {
                loadOf = table;
                load = table.newLoad(connection);
            }
            connection.setAutoCommit(false);
            load.load(table.copy(), task.range(), this::session, connection);
            connection.setAutoCommit(true);
            table.loaded();
            Optional<TableSnapshot> end = table.end();
            if (end.isPresent()) {
                tableEnd.end(table.planned(), end.get(), connection);
                closed(table);
            }
        }

        private SourceServer session() {
            if (session.isClosed()) {
                session = sessions.get();
            }
            return session;
        }

        @Override
        public void close() throws SQLException {
            session.close();
            connection.close();
        }
    }
}
