package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;

/** Vectors as MySQL stores and sends them: single precision numbers, little-endian, as Avro has them too. Stateless. */
public final class Vectors {
    private Vectors() {}

    /** @return false when the bytes are not whole numbers of four bytes */
    public static boolean write(byte[] source, int from, int length, AvroOutput out) {
        if (length % Float.BYTES != 0) {
            return false;
        }
        if (length > 0) {
            out.writeLong(length / Float.BYTES);
            out.writeRaw(source, from, length);
        }
        out.writeLong(0); // no further block
        return true;
    }
}
