package io.kameleon.schemas.wire;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Map;

/**
 * The frame around every Avro record in a topic, Confluent's wire format: a zero byte, the schema's number as four bytes
 * big-endian, then Avro binary. Thread-safe.
 */
public final class WireFormat {
    /** Bytes before the Avro content. */
    public static final int HEADER_LENGTH = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /**
     * The number of the schema that the record was written with.
     *
     * @param framed key or value of a Kafka record, not null
     * @throws ReplicationException RECORD_MALFORMED when it is not in this format
     */
    public static int readId(byte[] framed) {
        if (framed.length < HEADER_LENGTH || framed[0] != MAGIC) {
            throw new ReplicationException(
                    ErrorCode.RECORD_MALFORMED,
                    "A record of " + framed.length + " bytes does not begin with the schema registry's frame",
                    Map.of(),
                    "Check what else writes to the topic.");
        }
        return (framed[1] & 0xFF) << 24 | (framed[2] & 0xFF) << 16 | (framed[3] & 0xFF) << 8 | framed[4] & 0xFF;
    }

    public static void writeHeader(AvroOutput out, int id) {
        out.writeRawByte(MAGIC);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.writeRawByte(id >>> shift);
        }
    }
}
