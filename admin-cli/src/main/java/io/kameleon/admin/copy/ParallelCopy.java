package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.copy.TableLoad.Task;
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
 * Loads tables with several workers at once: ranges and indexes of a table begun come before the next table, so that a large table
 * is shared by all and few are open at a time. Used once.
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

    /** What follows the rows; on a worker's connection, which is in auto-commit then. Thread-safe. */
    interface TableEnd {
        /** All rows are in. @return the statements of {@link #buildIndex} */
        List<String> indexes(Planned table, TableSnapshot snapshot);

        void buildIndex(String index, Planned table, TableSnapshot snapshot, Connection connection);

        /** All indexes are built. */
        void complete(Planned table, TableSnapshot snapshot, Connection connection);
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
                // One range or one index at a time.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(new IllegalStateException("a worker of the copy was interrupted", e));
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
                notifyAll();
            }
        }
    }

    /** What to do next, waited for while others may still give rise to it; empty when all is done or the copy has failed. */
    private synchronized Optional<Task> next() throws InterruptedException {
        while (failure.get() == null) {
            Optional<Task> task = begun().or(this::begin);
            if (task.isPresent() || open.isEmpty()) {
                return task;
            }
            wait();
        }
        return Optional.empty();
    }

    private Optional<Task> begun() {
        return open.stream().map(TableLoad::take).flatMap(Optional::stream).findFirst();
    }

    private Optional<Task> begin() {
        Optional<Task> task = Optional.empty();
        while (task.isEmpty() && !waiting.isEmpty()) {
            Planned table = waiting.poll();
            try {
                TableLoad load = tableStart.start(table);
                open.add(load);
                task = load.take();
            } catch (ReplicationException e) {
                tableFailed(table.definition().id(), e);
            }
        }
        return task;
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
        notifyAll();
    }

    private synchronized boolean isOpen(TableLoad load) {
        return open.contains(load);
    }

    private synchronized void closed(TableLoad load) {
        open.remove(load);
        notifyAll();
    }

    private synchronized boolean build(TableLoad load, TableSnapshot snapshot, List<String> indexes) {
        notifyAll();
        return load.build(snapshot, indexes);
    }

    /** One thread's session and connection. */
    private final class Worker implements AutoCloseable {
        private final Connection connection = connections.get();
        private SourceServer session = sessions.get();
        private TableLoad loadOf;
        private RangeLoad load;

        boolean step() throws SQLException, InterruptedException {
            Optional<Task> next = next();
            if (next.isEmpty()) {
                return false;
            }
            TableLoad table = next.get().load();
            try {
                if (next.get() instanceof Task.Range task) {
                    load(table, task.range());
                } else if (next.get() instanceof Task.Index task) {
                    build(table, task.statement());
                }
            } catch (ReplicationException e) {
                if (isOpen(table)) {
                    tableFailed(table.planned().definition().id(), e);
                }
                leaveTransaction();
            }
            return true;
        }

        private void leaveTransaction() throws SQLException {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }

        private void load(TableLoad table, KeyRange range) throws SQLException {
            if (loadOf != table) {
                loadOf = table;
                load = table.newLoad(connection);
            }
            connection.setAutoCommit(false);
            load.load(table.copy(), range, this::session, connection);
            connection.setAutoCommit(true);
            if (table.loaded()) {
                TableSnapshot snapshot = table.endRows();
                List<String> indexes = tableEnd.indexes(table.planned(), snapshot);
                if (!ParallelCopy.this.build(table, snapshot, indexes)) {
                    complete(table);
                }
            }
        }

        private void build(TableLoad table, String index) {
            tableEnd.buildIndex(index, table.planned(), table.snapshot(), connection);
            if (table.built()) {
                complete(table);
            }
        }

        private void complete(TableLoad table) {
            if (isOpen(table)) {
                tableEnd.complete(table.planned(), table.snapshot(), connection);
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
