package io.kameleon.replay.consume;

import static java.util.Objects.requireNonNull;

import io.kameleon.catalogue.store.ReplayPosition;

/**
 * What a replay is doing, at one moment.
 *
 * @param reason   why it waits or has stopped; empty while it applies
 * @param position as last committed; null before the first read
 */
public record ReplayStatus(Phase phase, String reason, ReplayPosition position) {
    public ReplayStatus {
        requireNonNull(phase, "phase");
        requireNonNull(reason, "reason");
    }

    public enum Phase {
        STARTING,
        APPLYING,
        /** For a server that is away; it goes on by itself. */
        WAITING,
        STOPPED
    }
}
