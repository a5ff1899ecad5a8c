package io.kameleon.admin;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An application that goes on writing to table {@code orders} while its structure changes. Can do what gh-ost does with the rows it reads
 * from the log: repeat each change on the shadow.
 */
final class OrderTraffic implements AutoCloseable {
    private static final long SEED = 11;
    private static final int DEADLOCK = 1213;

    private final Connection connection;
    private final Thread thread;
    private final Random random = new Random(SEED);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;
    private String shadow = "";
    private String columns = "";
    private long rowsChanged;
    private long changes;
    private boolean paused;

    private OrderTraffic(Connection connection) {
        this.connection = connection;
        this.thread = new Thread(this::run, "orders");
    }

    static OrderTraffic start(RigSource source) throws SQLException {
        var traffic = new OrderTraffic(source.connect(source.schema()));
        traffic.thread.start();
        return traffic;
    }

    private void run() {
        try (Statement statement = connection.createStatement()) {
            while (!stopping) {
                change(statement);
            }
        } catch (SQLException | InterruptedException e) {
            failure.set(e);
        }
    }

    private synchronized void change(Statement statement) throws SQLException, InterruptedException {
        while (paused && !stopping) {
            wait();
        }
        if (stopping) {
            return;
        }
        try {
            changeRow(statement);
        } catch (SQLException e) {
            if (e.getErrorCode() != DEADLOCK) {
                throw e;
            }
        }
        notifyAll();
    }

    private void changeRow(Statement statement) throws SQLException {
        int id = 1 + random.nextInt(600);
        int changed =
                switch (random.nextInt(4)) {
                    case 0 ->
                        statement.executeUpdate("INSERT INTO orders (amount, state) VALUES (" + id + ".25, 'new')");
                    case 1 -> statement.executeUpdate("DELETE FROM orders WHERE id = " + id);
                    default ->
                        statement.executeUpdate(
                                "UPDATE orders SET amount = " + changes + ", state = 'paid' WHERE id = " + id);
                };
        rowsChanged += changed;
        changes++;
        repeatOnShadow(statement);
    }

    private void repeatOnShadow(Statement statement) throws SQLException {
        if (!shadow.isEmpty()) {
            statement.execute("DELETE /* gh-ost */ FROM " + shadow + " WHERE id NOT IN (SELECT id FROM orders)");
            statement.execute("REPLACE /* gh-ost */ INTO " + shadow
                    + " (" + columns + ") SELECT " + columns + " FROM orders WHERE amount = " + (changes - 1)
                    + " OR id > (SELECT MAX(id) - 1 FROM orders)");
        }
    }

    /** @param table empty for none */
    synchronized void mirrorTo(String table, String sharedColumns) {
        shadow = table;
        columns = sharedColumns;
    }

    /** Between two changes; returns at once. */
    synchronized void pause() {
        paused = true;
    }

    synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /** Returns when so many changes were made from now on. */
    synchronized void runFor(int count) throws InterruptedException {
        long until = changes + count;
        while (changes < until && failure.get() == null) {
            wait(1_000);
        }
    }

    /** Rows of the table itself, inserted, updated and deleted. */
    synchronized long rowsChanged() {
        return rowsChanged;
    }

    void stop() throws InterruptedException {
        stopping = true;
        synchronized (this) {
            notifyAll();
        }
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError("the traffic failed", failure.get());
        }
    }

    @Override
    public void close() throws Exception {
        stop();
        connection.close();
    }
}
