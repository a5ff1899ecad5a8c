package io.kameleon.reader.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks UTF-8, eight bytes at a time where they are ASCII. */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** True for well-formed UTF-8 as RFC 3629 has it: no surrogates, nothing overlong, nothing above U+10FFFF. */
    public static boolean isValid(byte[] source, int from, int to) {
        int at = asciiEnd(source, from, to);
        while (at < to) {
            int length = sequenceLength(source, at, to);
            if (length == 0) {
                return false;
            }
            at = length == 1 ? asciiEnd(source, at, to) : at + length;
        }
        return true;
    }

    /** The first byte that is not ASCII, or {@code to}. */
    static int asciiEnd(byte[] source, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES && ((long) LONGS.get(source, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < to && source[at] >= 0) {
            at++;
        }
        return at;
    }

    private static int sequenceLength(byte[] source, int at, int to) {
        int lead = source[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || to - at < length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((source[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return secondFits(lead, source[at + 1] & 0xFF) ? length : 0;
    }

    private static boolean secondFits(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second < 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }
}
