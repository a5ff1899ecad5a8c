package io.kameleon.admin.detach;

import io.kameleon.replay.consume.ReplaySettings;
import io.kameleon.replay.consume.SourceReplay;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Replays what is in a source's topic, up to an offset, in this process. */
final class Drain {
    private static final long PAUSE_MILLIS = 50;
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(30);

    private final ReplaySettings settings;
    private final Duration silenceMax;

    /** @param silenceMax how long it may go without progress */
    Drain(ReplaySettings settings, Duration silenceMax) {
        this.settings = settings;
        this.silenceMax = silenceMax;
    }

    /**
     * @param end the first offset that need not be applied
     * @throws ReplicationException why replay stopped; TIMED_OUT with what it waits for
     */
    void to(long end) throws InterruptedException {
        var replay = new SourceReplay(settings);
        var failure = new AtomicReference<RuntimeException>();
        var thread = new Thread(
                () -> {
                    try {
                        replay.run();
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                },
                "drain-" + settings.source());
        thread.setDaemon(true);
        thread.start();
        try {
            await(replay, thread, end);
        } finally {
            replay.stop();
            thread.join(STOP_WAIT_MAX.toMillis());
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void await(SourceReplay replay, Thread thread, long end) throws InterruptedException {
        long last = -1;
        long sinceNanos = System.nanoTime();
        while (thread.isAlive() && next(replay) < end) {
            if (next(replay) != last) {
                last = next(replay);
                sinceNanos = System.nanoTime();
            }
            if (System.nanoTime() - sinceNanos > silenceMax.toNanos()) {
                throw silent(replay, end);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static long next(SourceReplay replay) {
        return replay.status().position() == null
                ? 0
                : replay.status().position().nextOffset();
    }

    private ReplicationException silent(SourceReplay replay, long end) {
        String reason = replay.status().reason();
        return new ReplicationException(
                ErrorCode.TIMED_OUT,
                "What was read is not replayed: no progress for " + silenceMax.toSeconds() + " s at offset "
                        + next(replay) + " of " + end + (reason.isEmpty() ? "" : ", " + reason),
                Map.of("source", settings.source()),
                "Nothing was detached. Mend the cause and run the command again.");
    }
}
