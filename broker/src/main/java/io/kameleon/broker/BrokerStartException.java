package io.kameleon.broker;

import java.nio.file.Path;

/** The embedded broker did not start. Nothing of it is left running; the message names the directory and the remedy. */
public class BrokerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    BrokerStartException(Reason reason, Path directory, String what, String remedy, Throwable cause) {
        super("The embedded broker in " + directory + " did not start: " + what + ". " + remedy, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What a caller may decide from. */
    public enum Reason {
        /** Another broker, of this process or another, holds the directory. */
        DIRECTORY_IN_USE,
        /** The directory cannot be created, read or written. */
        DIRECTORY_UNUSABLE,
        /** The port that was asked for is taken. */
        PORT_IN_USE,
        /** Kafka refused its settings or its data; the cause tells. */
        FAILED
    }
}
