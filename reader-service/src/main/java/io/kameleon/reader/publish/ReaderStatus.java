package io.kameleon.reader.publish;

import static java.util.Objects.requireNonNull;

/**
 * What a reader is doing, at one moment.
 *
 * @param reason why it waits or has stopped; empty while it reads
 * @param state  as of its last Kafka transaction, without the tables; null before the first
 */
public record ReaderStatus(Phase phase, String reason, ReadState state) {
    public ReaderStatus {
        requireNonNull(phase, "phase");
        requireNonNull(reason, "reason");
    }

    public enum Phase {
        STARTING,
        READING,
        /** For a server that is away; it goes on by itself. */
        WAITING,
        STOPPED
    }
}
