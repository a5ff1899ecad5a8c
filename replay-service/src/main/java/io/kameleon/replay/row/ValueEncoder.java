package io.kameleon.replay.row;

import io.kameleon.schemas.wire.AvroInput;

/**
 * Turns one column's Avro value into PostgreSQL's binary form. May keep scratch space, so: one thread only.
 *
 * <p>A value that the destination's type cannot hold raises a {@code ReplicationException} with VALUE_OUT_OF_RANGE or
 * VALUE_MALFORMED that names the column and never the value; the output may then end in a half-written value.
 */
@FunctionalInterface
interface ValueEncoder {
    /**
     * @param in  at the value, behind the union's branch; never null
     * @param out gets an {@code int32} length and the value
     */
    void encode(AvroInput in, PgBuffer out);
}
