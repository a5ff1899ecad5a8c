package io.kameleon.replay.consume;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.MDC;

/**
 * Does a connection's work in a thread of its own, one piece at a time, so that PostgreSQL applies one batch while the next one is
 * fetched and collapsed.
 *
 * <p>Between {@link #start} and the return of {@link #await} the connection, and what the work uses with it, belong to the lane. A
 * failure of the work is thrown by the next {@link #await}, once. All methods belong to the one thread that owns the lane.
 */
final class ApplyLane implements AutoCloseable {
    private final ExecutorService thread;
    private Future<?> running;
    private long runningUpTo;
    private OptionalLong failedUpTo = OptionalLong.empty();

    /** One piece of work. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    ApplyLane(String source) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        thread = Executors.newSingleThreadExecutor(work -> thread("apply-" + source, context, work));
    }

    /** One that logs as the session's does. @param context null for none */
    static Thread thread(String name, Map<String, String> context, Runnable work) {
        var made = new Thread(() -> runIn(context, work), name);
        made.setDaemon(true);
        return made;
    }

    private static void runIn(Map<String, String> context, Runnable work) {
        if (context != null) {
            MDC.setContextMap(context);
        }
        work.run();
    }

    /** Nothing is under way, so that {@link #start} does not wait. */
    boolean isIdle() {
        return running == null || running.isDone();
    }

    /**
     * Starts a piece of work after the earlier one.
     *
     * @param upTo offset of the last record that the work applies
     * @throws SQLException         of the earlier work; this one is not started then
     * @throws ReplicationException likewise
     */
    void start(long upTo, Work work) throws SQLException {
        await();
        failedUpTo = OptionalLong.empty();
        runningUpTo = upTo;
        running = thread.submit(() -> {
            work.run();
            return null;
        });
    }

    /** Waits until nothing is under way. @throws SQLException of the work, likewise a ReplicationException */
    void await() throws SQLException {
        if (running == null) {
            return;
        }
        Future<?> awaited = running;
        running = null;
        try {
            uninterrupted(awaited);
        } catch (ExecutionException e) {
            failedUpTo = OptionalLong.of(runningUpTo);
            rethrow(e.getCause());
        }
    }

    /** What the last piece of work was to apply, when it failed. */
    OptionalLong failedUpTo() {
        return failedUpTo;
    }

    void forgetFailure() {
        failedUpTo = OptionalLong.empty();
    }

    /** As a read from PostgreSQL on this thread would, the wait outlasts an interrupt. */
    private static void uninterrupted(Future<?> awaited) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    awaited.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What a thread's work has failed by. */
    static void rethrow(Throwable cause) throws SQLException {
        if (cause instanceof SQLException e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw new ReplicationException(
                ErrorCode.INTERNAL, "A batch failed unexpectedly", Map.of(), "Report this with the log.", cause);
    }

    /** Lets the work under way end, whatever comes of it: what it committed stays, what it did not is read again. */
    @Override
    public void close() {
        thread.shutdown();
        if (running != null) {
            try {
                uninterrupted(running);
            } catch (ExecutionException e) {
                org.slf4j.LoggerFactory.getLogger(ApplyLane.class).debug("The last batch was not applied", e);
            }
        }
    }
}
