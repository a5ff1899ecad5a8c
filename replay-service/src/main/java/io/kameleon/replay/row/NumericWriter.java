package io.kameleon.replay.row;

import java.math.BigInteger;

/**
 * Writes {@code numeric} in binary: counts, weight, sign, scale, then digits to base 10000, aligned at the decimal point.
 * Up to 19 digits go without an object. One thread only.
 */
final class NumericWriter {
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final int[] POWER = {1, 10, 100, 1000, BASE};
    private static final BigInteger BIG_STEP = BigInteger.valueOf(BASE).pow(4);
    private static final int NEGATIVE = 0x4000;

    /** Digits to base 10000, least significant first; enough for MySQL's 65 digits, grown beyond. */
    private int[] digits = new int[24];

    private int count;

    /** Writes {@code unscaled / 10^scale} with its length. */
    void write(PgBuffer out, long unscaled, int scale) {
        writeMagnitude(out, unscaled < 0 ? -unscaled : unscaled, unscaled < 0, scale);
    }

    /** As {@link #write(PgBuffer, long, int)}, with an unsigned magnitude up to 2^64 - 1. */
    void writeMagnitude(PgBuffer out, long magnitude, boolean negative, int scale) {
        count = 0;
        long rest = magnitude;
        if (rest != 0) {
            int pad = pad(scale);
            int step = POWER[BASE_DIGITS - pad];
            add((int) Long.remainderUnsigned(rest, step) * POWER[pad]);
            rest = Long.divideUnsigned(rest, step);
        }
        while (rest != 0) {
            add((int) (rest % BASE));
            rest /= BASE;
        }
        writeDigits(out, negative, scale);
    }

    /** Any size: two's complement, big-endian, in {@code source[from, from + length)}. */
    void write(PgBuffer out, byte[] source, int from, int length, int scale) {
        if (length <= Long.BYTES) {
            write(out, toLong(source, from, length), scale);
        } else if (length == Long.BYTES + 1 && source[from] == 0) {
            writeMagnitude(out, toLong(source, from + 1, Long.BYTES), false, scale);
        } else {
            write(out, new BigInteger(source, from, length), scale);
        }
    }

    void write(PgBuffer out, BigInteger unscaled, int scale) {
        count = 0;
        BigInteger rest = unscaled.abs().multiply(BigInteger.valueOf(POWER[pad(scale)]));
        while (rest.signum() != 0) {
            BigInteger[] parts = rest.divideAndRemainder(BIG_STEP);
            long low = parts[1].longValue();
            rest = parts[0];
            for (int i = 0; i < 4; i++) {
                add((int) (low % BASE));
                low /= BASE;
            }
        }
        writeDigits(out, unscaled.signum() < 0, scale);
    }

    /** Big-endian two's complement of up to eight bytes; none is 0. */
    static long toLong(byte[] source, int from, int length) {
        long value = length > 0 && source[from] < 0 ? -1 : 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | source[from + i] & 0xFF;
        }
        return value;
    }

    /** How many zeros fill the last group behind the point. */
    private static int pad(int scale) {
        return (BASE_DIGITS - scale % BASE_DIGITS) % BASE_DIGITS;
    }

    private void add(int digit) {
        if (count == digits.length) {
            digits = java.util.Arrays.copyOf(digits, count * 2);
        }
        digits[count++] = digit;
    }

    private void writeDigits(PgBuffer out, boolean negative, int scale) {
        while (count > 0 && digits[count - 1] == 0) {
            count--;
        }
        int lowestWeight = -((scale + BASE_DIGITS - 1) / BASE_DIGITS);
        out.writeInt(Long.BYTES + count * Short.BYTES);
        out.writeShort(count);
        out.writeShort(count == 0 ? 0 : lowestWeight + count - 1);
        out.writeShort(negative && count > 0 ? NEGATIVE : 0);
        out.writeShort(scale);
        for (int i = count - 1; i >= 0; i--) {
            out.writeShort(digits[i]);
        }
    }
}
