package io.kameleon.admin.resync;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that end at once when the work is to stop. Thread-safe. */
final class Pauses {
    private final CountDownLatch stopRequested = new CountDownLatch(1);

    void stop() {
        stopRequested.countDown();
    }

    boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    /** For what follows the end of the work; whoever pauses after it still learns that it is to stop. */
    void clearInterrupt() {
        if (Thread.interrupted()) {
            stop();
        }
    }

    /** @throws InterruptedException also when the work is to stop */
    void pause(Duration wait) throws InterruptedException {
        if (stopRequested.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("stopped");
        }
    }
}
