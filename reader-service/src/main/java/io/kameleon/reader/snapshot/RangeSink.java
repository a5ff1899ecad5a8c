package io.kameleon.reader.snapshot;

import io.kameleon.schemas.error.ReplicationException;

/** Takes the rows of one range, in the order of the read. Called by one thread; may block, which slows the read down. */
public interface RangeSink {
    /** One row image in Avro. The array belongs to the caller and changes after the call. */
    void row(byte[] buffer, int from, int to);

    /** A row that has no image, to be kept as a discarded row. Whoever keeps none lets the read fail. */
    default void refused(ReplicationException reason) {
        throw reason;
    }
}
