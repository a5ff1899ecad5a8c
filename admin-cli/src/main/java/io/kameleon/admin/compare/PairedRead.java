package io.kameleon.admin.compare;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;

/**
 * Reads both sides at the same time: the source on the calling thread, the destination on one of its own. When one side fails or
 * the caller is interrupted, the other one stops at its next row.
 */
final class PairedRead {
    private volatile boolean stopped;

    /** One side's work; ends early once the supplier says so. */
    @FunctionalInterface
    interface Work {
        void run(BooleanSupplier stopped);
    }

    void run(String table, Work source, Work destination) {
        var other = new FutureTask<Void>(() -> runOrStop(destination), null);
        var thread = new Thread(other, "compare-" + table);
        thread.start();
        try {
            runOrStop(source);
        } finally {
            stopped |= Thread.currentThread().isInterrupted();
            await(thread);
        }
        rethrow(other);
        if (stopped) {
            throw interrupted(table);
        }
    }

    private void runOrStop(Work work) {
        boolean done = false;
        try {
            work.run(() -> stopped);
            done = true;
        } finally {
            if (!done) {
                stopped = true;
            }
        }
    }

    /** Waits through interruptions: the connection must not be used by two threads. */
    private void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                stopped = true;
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(FutureTask<Void> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("comparing failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the task is done, so its result was there at once
        }
    }

    private static ReplicationException interrupted(String table) {
        return new ReplicationException(
                ErrorCode.WRONG_STATE,
                "The comparison was interrupted",
                Map.of("table", table),
                "Start it again when it is wanted.");
    }
}
