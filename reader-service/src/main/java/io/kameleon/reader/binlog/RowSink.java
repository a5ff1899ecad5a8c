package io.kameleon.reader.binlog;

import io.kameleon.schemas.error.ReplicationException;

/** Takes the rows of a rows event, in order. */
@FunctionalInterface
public interface RowSink {
    /** @param image reused for the next row: take out of it what has to last */
    void row(RowImage image);

    /**
     * A row whose bytes are whole but of which one value does not follow its type's format. The rows before it have been given
     * to {@link #row}; when this returns, the event goes on behind it.
     *
     * <p>Throws the cause unless overridden: a row is never left out in silence.
     *
     * @param body  the event's body
     * @param from  where the row starts in it: the null bitmap of its first image
     * @param to    where it ends
     * @param cause VALUE_MALFORMED, naming table and column
     */
    default void refused(RowsKind kind, byte[] body, int from, int to, ReplicationException cause) {
        throw cause;
    }
}
