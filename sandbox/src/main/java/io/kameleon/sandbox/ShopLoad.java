package io.kameleon.sandbox;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A mixed load on the sample shop: inserts, updates, deletes, transactions of several rows, updates of keys, transfers
 * between two balances. It runs in threads of its own until it is closed, and outlives a server that goes away: a lost
 * connection is opened again.
 *
 * <p>What each thread does follows from the seed. Thread-safe.
 */
public final class ShopLoad implements AutoCloseable {
    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long CLOSE_WAIT_MILLIS = 30_000;

    private final Settings settings;
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder transactions = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile boolean stopping;

    private ShopLoad(Settings settings) {
        this.settings = settings;
    }

    /**
     * What to load.
     *
     * @param jdbcUrl               of the schema, with user and password
     * @param threads               at least 1
     * @param transactionsPerSecond of all threads together; 0 is as fast as the server takes them
     */
    public record Settings(String jdbcUrl, int threads, int transactionsPerSecond, long seed) {
        public Settings {
            requireNonNull(jdbcUrl, "jdbcUrl");
            if (threads < 1 || transactionsPerSecond < 0) {
                throw new IllegalArgumentException(
                        "threads " + threads + ", transactions per second " + transactionsPerSecond);
            }
        }

        /** Without the URL, which holds a password. */
        @Override
        public String toString() {
            return "Settings[threads=" + threads + ", transactionsPerSecond=" + transactionsPerSecond + ", seed=" + seed
                    + "]";
        }
    }

    /** Starts the threads and returns. */
    public static ShopLoad start(Settings settings) {
        var load = new ShopLoad(settings);
        for (int number = 0; number < settings.threads(); number++) {
            int writer = number;
            var thread = new Thread(() -> load.run(writer), "shop-load-" + writer);
            thread.setDaemon(true);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    /** Transactions committed so far. */
    public long transactions() {
        return transactions.sum();
    }

    /** Rows that the committed transactions inserted, changed or deleted, as the server counted them. */
    public long rows() {
        return rows.sum();
    }

    /**
     * Transactions that failed so far: deadlocks, clashes, a server that is away. Whether one of them took effect is not
     * known when the server went away at its commit.
     */
    public long failures() {
        return failures.sum();
    }

    /** Lets the load go on for a while; returns earlier when the thread is interrupted or the load closed. */
    public void runFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (!stopping && !Thread.currentThread().isInterrupted() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }

    /** Ends the load after the transactions that are under way, within 30 seconds. */
    @Override
    public void close() {
        stopping = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            try {
                thread.join(CLOSE_WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                throw new SandboxException("The thread " + thread.getName() + " of the load does not end");
            }
        }
    }

    private void run(int writer) {
        var text = new ShopText(new Random(settings.seed() + writer));
        while (!stopping) {
            try (Connection connection = DriverManager.getConnection(settings.jdbcUrl())) {
                connection.setAutoCommit(false);
                writeUntilLost(new ShopTransactions(connection, text, writer));
            } catch (SQLException e) {
                failures.increment();
                LockSupport.parkNanos(RECONNECT_NANOS);
            }
        }
    }

    private void writeUntilLost(ShopTransactions shop) throws SQLException {
        long interval = interval();
        long next = System.nanoTime();
        while (!stopping) {
            LockSupport.parkNanos(next - System.nanoTime());
            if (System.nanoTime() - next >= 0) {
                writeOne(shop);
                next += interval;
            }
        }
    }

    private void writeOne(ShopTransactions shop) throws SQLException {
        try {
            long changed = shop.any();
            transactions.increment();
            rows.add(changed);
        } catch (SQLException e) {
            failures.increment();
            shop.rollback();
        }
    }

    /** Nanoseconds between two transactions of one thread. */
    private long interval() {
        return settings.transactionsPerSecond() == 0
                ? 0
                : TimeUnit.SECONDS.toNanos(1) * settings.threads() / settings.transactionsPerSecond();
    }
}
