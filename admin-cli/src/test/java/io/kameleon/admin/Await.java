package io.kameleon.admin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition with a deadline. */
final class Await {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Await() {}

    /** @throws AssertionError when the condition does not hold in time */
    static void until(String condition, Duration timeMax, Callable<Boolean> holds) {
        long deadline = System.nanoTime() + timeMax.toNanos();
        while (!test(holds)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within " + timeMax.toSeconds() + " s: " + condition);
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    private static boolean test(Callable<Boolean> holds) {
        try {
            return holds.call();
        } catch (Exception e) {
            throw new AssertionError("the condition cannot be tested", e);
        }
    }
}
