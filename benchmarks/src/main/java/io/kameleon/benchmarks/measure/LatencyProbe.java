package io.kameleon.benchmarks.measure;

import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.workload.LatencyWorkload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes one row per transaction at a steady rate and watches for it in PostgreSQL. A latency runs from the moment in which COMMIT has
 * returned on the source to the end of the query that saw the row, on one clock; two queries are 1 ms apart, so it is by half of that too
 * long on average. Rows have to become visible in the order of their keys.
 */
public final class LatencyProbe {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Until the contender has passed on its first row, and after the last one was written. */
    private static final long WAIT_SECONDS_MAX = 90;
    /** Not measured: what compiles and connects on first use, which takes seconds where little runs. */
    private static final int WARM_UP_SECONDS = 25;

    private final StageRun run;
    private final LatencyWorkload workload;
    private final int warmUp;
    private final long[] committed;

    private LatencyProbe(StageRun run) {
        this.run = run;
        this.workload = (LatencyWorkload) run.workload();
        this.warmUp = workload.perSecond() * WARM_UP_SECONDS;
        this.committed = new long[1 + warmUp + Math.toIntExact(workload.changes())];
    }

    /** @param processes of the contender, started; returns when all rows are visible */
    public static StageResult measure(StageRun run, Destination destination, Collection<ProcessHandle> processes)
            throws Exception {
        return new LatencyProbe(run).measure(destination, List.copyOf(processes));
    }

    private StageResult measure(Destination destination, List<ProcessHandle> processes) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection mysql = run.servers().mysql().connect(workload.schema());
                Connection postgres = run.servers().postgres().connect(destination.database());
                PreparedStatement query = postgres.prepareStatement(
                        "SELECT max(id) FROM " + destination.schema() + "." + LatencyWorkload.PROBES)) {
            long[] seen = new long[committed.length];
            insert(mysql, 0);
            awaitRow(query, 0, processes);
            long startNanos = System.nanoTime();
            var before = ProcessUsage.of(processes);
            Future<?> writer = threads.submit(() -> {
                write(mysql);
                return null;
            });
            long peak = watch(query, seen, writer, processes);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            var after = ProcessUsage.of(processes);
            var activity = new Activity(
                    committed.length - 1L,
                    seconds,
                    after.cpuMicros() - before.cpuMicros(),
                    after.cpuMicros(),
                    peak,
                    Map.of(),
                    0);
            return new StageResult(activity, Optional.of(latencies(seen)), Optional.of(destination));
        } finally {
            threads.shutdownNow();
        }
    }

    private Latencies latencies(long[] seen) {
        long[] nanos = new long[Math.toIntExact(workload.changes())];
        for (int i = 0; i < nanos.length; i++) {
            int key = 1 + warmUp + i;
            nanos[i] = seen[key] - committed[key];
        }
        return Latencies.of(nanos);
    }

    private void write(Connection mysql) throws SQLException {
        long interval = TimeUnit.SECONDS.toNanos(1) / workload.perSecond();
        long start = System.nanoTime();
        for (int key = 1; key < committed.length; key++) {
            long due = start + key * interval;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            insert(mysql, key);
        }
    }

    private void insert(Connection mysql, int key) throws SQLException {
        try (PreparedStatement insert = mysql.prepareStatement(
                "INSERT INTO " + LatencyWorkload.PROBES + " VALUES (?, ?, ?, 'a small transaction')")) {
            insert.setLong(1, key);
            insert.setInt(2, key % 1000);
            insert.setInt(3, key % 100);
            insert.executeUpdate(); // autocommit
        }
        synchronized (committed) {
            committed[key] = System.nanoTime();
        }
    }

    /** @return the contender's greatest memory */
    private long watch(PreparedStatement query, long[] seen, Future<?> writer, List<ProcessHandle> processes)
            throws Exception {
        int next = 1;
        long peak = 0;
        long deadline =
                System.nanoTime() + TimeUnit.SECONDS.toNanos(workload.seconds() + WARM_UP_SECONDS + WAIT_SECONDS_MAX);
        for (long look = 0; next < committed.length; look++) {
            int last = (int) max(query);
            long now = System.nanoTime();
            while (next <= last) {
                seen[next++] = now;
            }
            if (look % 1000 == 0) {
                peak = Math.max(peak, ProcessUsage.of(processes).residentBytes());
                requireRunning(writer, processes, now > deadline);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        writer.get();
        synchronized (committed) {
            return peak; // and what the writer has noted is visible here
        }
    }

    private static void requireRunning(Future<?> writer, List<ProcessHandle> processes, boolean late)
            throws ExecutionException, InterruptedException {
        if (writer.isDone()) {
            writer.get();
        }
        if (late || !processes.stream().allMatch(ProcessHandle::isAlive)) {
            throw new IllegalStateException(late ? "rows did not arrive" : "a process ended");
        }
    }

    private static void awaitRow(PreparedStatement query, long key, List<ProcessHandle> processes) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (max(query) < key) {
            if (System.nanoTime() > deadline || !processes.stream().allMatch(ProcessHandle::isAlive)) {
                throw new IllegalStateException("the first row did not arrive");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** -1 while there is no row. */
    private static long max(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            long key = row.getLong(1);
            return row.wasNull() ? -1 : key;
        }
    }
}
