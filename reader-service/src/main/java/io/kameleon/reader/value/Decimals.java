package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;
import java.util.Arrays;

/**
 * Writes the DECIMAL shape: Avro {@code bytes} with the unscaled value, big-endian two's complement, minimal length.
 *
 * <p>A number wider than a {@code long} is built as an unsigned magnitude of eight ints, least significant first (256 bits:
 * MySQL's 65 digits need 216).
 */
public final class Decimals {
    /** Digits of which every number fits a {@code long}. */
    public static final int LONG_DIGITS = 18;

    /** 65 digits, a leading zero, the sign and the point, and some: more would not fit the magnitude. */
    private static final int TEXT_LENGTH_MAX = 72;

    private static final int[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private Decimals() {}

    /** 10 to the {@code exponent}, 0 to 9. */
    public static int power(int exponent) {
        return POWERS[exponent];
    }

    public static void write(long unscaled, AvroOutput out) {
        int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(unscaled ^ (unscaled >> 63));
        int length = (bits + 7) >>> 3;
        out.writeLong(length);
        for (int shift = (length - 1) << 3; shift >= 0; shift -= 8) {
            out.writeRawByte((int) (unscaled >> shift));
        }
    }

    /** Writes the 64 bits of {@code value} as a number from 0 to 2^64-1. */
    public static void writeUnsigned(long value, AvroOutput out) {
        if (value >= 0) {
            write(value, out);
            return;
        }
        out.writeLong(9);
        out.writeRawByte(0);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.writeRawByte((int) (value >> shift));
        }
    }

    public static void clear(int[] magnitude) {
        Arrays.fill(magnitude, 0);
    }

    /** magnitude = magnitude * factor + addend; both below 2^31. */
    public static void multiplyAdd(int[] magnitude, int factor, int addend) {
        long carry = addend;
        for (int i = 0; i < magnitude.length; i++) {
            long product = (magnitude[i] & 0xFFFF_FFFFL) * factor + carry;
            magnitude[i] = (int) product;
            carry = product >>> 32;
        }
    }

    /** Writes the magnitude, negated when asked to. Changes {@code magnitude}. */
    public static void write(int[] magnitude, boolean negative, AvroOutput out) {
        if (negative) {
            negate(magnitude);
        }
        int sign = magnitude[magnitude.length - 1] >> 31;
        int top = magnitude.length * 4 - 1;
        while (top > 0 && byteAt(magnitude, top) == (sign & 0xFF) && (byteAt(magnitude, top - 1) >> 7) == (sign & 1)) {
            top--;
        }
        out.writeLong(top + 1);
        for (int i = top; i >= 0; i--) {
            out.writeRawByte(byteAt(magnitude, i));
        }
    }

    private static void negate(int[] magnitude) {
        long carry = 1;
        for (int i = 0; i < magnitude.length; i++) {
            carry += ~magnitude[i] & 0xFFFF_FFFFL;
            magnitude[i] = (int) carry;
            carry >>>= 32;
        }
    }

    private static int byteAt(int[] magnitude, int index) {
        return magnitude[index >> 2] >>> ((index & 3) << 3) & 0xFF;
    }

    /**
     * Writes a decimal that stands as ASCII text in {@code text[from, from + length)}, e.g. {@code -0012.50}.
     *
     * @return false when the text is not a plain decimal of at most {@code scale} digits after the point and 65 in all;
     *     nothing is written then
     */
    public static boolean writeText(
            byte[] text, int from, int length, int scale, AvroOutput out, ValueScratch scratch) {
        boolean signed = length > 0 && text[from] == '-';
        int at = signed ? from + 1 : from;
        int to = from + length;
        int point = point(text, at, to);
        int missing = scale - (point < 0 ? 0 : to - point - 1);
        if (at == to || length > TEXT_LENGTH_MAX || missing < 0 || !isPlain(text, at, to, point)) {
            return false;
        }
        if (to - at + missing <= LONG_DIGITS) {
            long value = 0;
            for (int i = at; i < to; i++) {
                value = i == point ? value : value * 10 + text[i] - '0';
            }
            for (int i = missing; i > 0; i--) {
                value *= 10;
            }
            write(signed ? -value : value, out);
        } else {
            writeLarge(text, at, to, point, missing, signed, out, scratch);
        }
        return true;
    }

    private static void writeLarge(
            byte[] text, int at, int to, int point, int missing, boolean signed, AvroOutput out, ValueScratch scratch) {
        int[] magnitude = scratch.magnitude();
        clear(magnitude);
        for (int i = at; i < to; i++) {
            if (i != point) {
                multiplyAdd(magnitude, 10, text[i] - '0');
            }
        }
        for (int i = missing; i > 0; i--) {
            multiplyAdd(magnitude, 10, 0);
        }
        write(magnitude, signed, out);
    }

    /** Where the first point stands; -1 without one. */
    private static int point(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isPlain(byte[] text, int from, int to, int point) {
        for (int i = from; i < to; i++) {
            if (i != point && (text[i] < '0' || text[i] > '9')) {
                return false;
            }
        }
        return true;
    }
}
