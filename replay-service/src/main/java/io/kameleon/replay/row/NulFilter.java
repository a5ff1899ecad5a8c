package io.kameleon.replay.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies text under a {@link NulPolicy}; text without NUL is copied in one piece (F57). */
final class NulFilter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
    private static final byte[] JSON_REPLACEMENT = {'\\', 'u', 'f', 'f', 'f', 'd'};
    private static final int JSON_ESCAPE_BYTES = 6;

    private final NulPolicy policy;
    private final ConversionCounts counts;
    private final Place place;

    NulFilter(ConversionPolicy policy, Place place) {
        this.policy = policy.values().nul();
        this.counts = policy.counts();
        this.place = place;
    }

    /** Writes the bytes without a length. */
    void writeText(byte[] source, int from, int length, PgBuffer out) {
        int to = from + length;
        int clean = from;
        for (int i = nul(source, from, to); i < to; i = nul(source, clean, to)) {
            out.writeRaw(source, clean, i - clean);
            replace(out, REPLACEMENT, clean == from);
            clean = i + 1;
        }
        out.writeRaw(source, clean, to - clean);
    }

    /** The first NUL, or {@code to}; eight bytes at a time, by the borrow that a zero byte gives (Hacker's Delight, 6-1). */
    private static int nul(byte[] source, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES) {
            long eight = (long) LONGS.get(source, at);
            if ((eight - LOW_BITS & ~eight & HIGH_BITS) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < to && source[at] != 0) {
            at++;
        }
        return at;
    }

    /** As {@link #writeText}, for the escape {@code \u0000}: a backslash that is itself escaped starts none. */
    void writeJson(byte[] source, int from, int length, PgBuffer out) {
        int to = from + length;
        int clean = from;
        int i = from;
        while (i < to) {
            if (source[i] != '\\') {
                i++;
            } else if (isNulEscape(source, i, to)) {
                out.writeRaw(source, clean, i - clean);
                replace(out, JSON_REPLACEMENT, clean == from);
                i += JSON_ESCAPE_BYTES;
                clean = i;
            } else {
                i += 2;
            }
        }
        out.writeRaw(source, clean, to - clean);
    }

    private static boolean isNulEscape(byte[] source, int at, int to) {
        if (to - at < JSON_ESCAPE_BYTES || source[at + 1] != 'u') {
            return false;
        }
        for (int i = at + 2; i < at + JSON_ESCAPE_BYTES; i++) {
            if (source[i] != '0') {
                return false;
            }
        }
        return true;
    }

    private void replace(PgBuffer out, byte[] replacement, boolean first) {
        switch (policy) {
            case ERROR -> throw place.malformed("A text holds a NUL character, which PostgreSQL cannot store");
            case REPLACE -> out.writeRaw(replacement, 0, replacement.length);
            case STRIP -> {
                // Nothing is written in its place.
            }
        }
        if (first) {
            counts.nulValue();
        }
    }
}
