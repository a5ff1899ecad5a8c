package io.kameleon.replay.row;

import java.nio.charset.StandardCharsets;

/** Zero dates that the reader has marked, so that they are told from NULL (F53). */
final class ZeroDates {
    private ZeroDates() {}

    /** A type's smallest value with its length: {@code -infinity}; {@code 0000-00-00} of a text; else null. */
    static byte[] least(PgType type) {
        var out = new PgBuffer(32);
        switch (type) {
            case DATE -> {
                out.writeInt(Integer.BYTES);
                out.writeInt(Integer.MIN_VALUE);
            }
            case TIMESTAMP, TIMESTAMPTZ -> {
                out.writeInt(Long.BYTES);
                out.writeLong(Long.MIN_VALUE);
            }
            case TEXT -> {
                byte[] zero = "0000-00-00".getBytes(StandardCharsets.US_ASCII);
                out.writeInt(zero.length);
                out.writeRaw(zero, 0, zero.length);
            }
            default -> out.writeNull();
        }
        return out.toByteArray();
    }

    /** Writes what a marked zero date becomes. */
    static void write(PgBuffer out, byte[] least, ZeroDatePolicy policy, Place place) {
        switch (policy) {
            case NULL -> out.writeNull(); // the policy was another when the row was read
            case INFINITY -> out.writeRaw(least, 0, least.length);
            case ERROR -> throw place.zeroDate();
        }
    }
}
