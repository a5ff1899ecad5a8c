package io.kameleon.reader.snapshot;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a copy may stand in the way of a table's writers. While a lock is waited for, new writers queue behind it, so
 * the wait is short and is taken back and tried again.
 *
 * @param patience for one attempt; whole seconds, at least one
 * @param attempts at least 1
 * @param pause    between attempts, in which the queued writers go on
 */
public record LockLimits(Duration patience, int attempts, Duration pause) {
    public static final LockLimits DEFAULT = new LockLimits(Duration.ofSeconds(2), 30, Duration.ofSeconds(2));

    public LockLimits {
        requireNonNull(patience, "patience");
        requireNonNull(pause, "pause");
        if (patience.toSeconds() < 1 || attempts < 1) {
            throw new IllegalArgumentException("a lock needs at least one attempt of one second");
        }
    }
}
