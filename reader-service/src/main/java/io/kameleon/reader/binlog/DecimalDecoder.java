package io.kameleon.reader.binlog;

import io.kameleon.reader.value.Decimals;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * DECIMAL(precision, scale).
 *
 * <p>The server's format ({@code decimal2bin}): the digits before and after the point, each side in groups of nine counted from
 * the point, a full group in 4 bytes and a part of one in as many as its digits need, all big-endian. The first bit is inverted,
 * and for a negative number every bit, so that the bytes sort like the numbers.
 */
final class DecimalDecoder extends ColumnDecoder.Fixed {
    private static final int GROUP_DIGITS = 9;
    private static final int GROUP_BYTES = 4;
    private static final int[] PART_BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

    private final int precision;
    private final int leadingDigits;
    private final int wholeGroups;
    private final int fractionGroups;
    private final int trailingDigits;

    DecimalDecoder(int precision, int scale) {
        super(bytes(precision - scale) + bytes(scale));
        this.precision = precision;
        this.leadingDigits = (precision - scale) % GROUP_DIGITS;
        this.wholeGroups = (precision - scale) / GROUP_DIGITS;
        this.fractionGroups = scale / GROUP_DIGITS;
        this.trailingDigits = scale % GROUP_DIGITS;
    }

    private static int bytes(int digits) {
        return digits / GROUP_DIGITS * GROUP_BYTES + PART_BYTES[digits % GROUP_DIGITS];
    }

    @Override
    boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
        int at = in.skip(width);
        byte[] buffer = in.buffer();
        boolean negative = buffer[at] >= 0;
        if (precision <= Decimals.LONG_DIGITS) {
            Decimals.write(readLong(buffer, at, negative), out);
        } else {
            int[] magnitude = scratch.magnitude();
            readMagnitude(buffer, at, negative, magnitude);
            Decimals.write(magnitude, negative, out);
        }
        return true;
    }

    private long readLong(byte[] buffer, int start, boolean negative) {
        int mask = negative ? -1 : 0;
        int at = start;
        long value = part(buffer, at, leadingDigits, mask, true);
        at += PART_BYTES[leadingDigits];
        boolean first = leadingDigits == 0;
        for (int i = wholeGroups + fractionGroups; i > 0; i--, at += GROUP_BYTES) {
            value = value * Decimals.power(GROUP_DIGITS) + part(buffer, at, GROUP_DIGITS, mask, first);
            first = false;
        }
        value = value * Decimals.power(trailingDigits) + part(buffer, at, trailingDigits, mask, first);
        return negative ? -value : value;
    }

    private void readMagnitude(byte[] buffer, int start, boolean negative, int[] magnitude) {
        int mask = negative ? -1 : 0;
        int at = start;
        Decimals.clear(magnitude);
        magnitude[0] = part(buffer, at, leadingDigits, mask, true);
        at += PART_BYTES[leadingDigits];
        boolean first = leadingDigits == 0;
        for (int i = wholeGroups + fractionGroups; i > 0; i--, at += GROUP_BYTES) {
            Decimals.multiplyAdd(magnitude, Decimals.power(GROUP_DIGITS), part(buffer, at, GROUP_DIGITS, mask, first));
            first = false;
        }
        if (trailingDigits > 0) {
            Decimals.multiplyAdd(
                    magnitude, Decimals.power(trailingDigits), part(buffer, at, trailingDigits, mask, first));
        }
    }

    /** Reads a group or a part of one; {@code first} holds the inverted sign bit. */
    private static int part(byte[] buffer, int at, int digits, int mask, boolean first) {
        int length = PART_BYTES[digits];
        int value = 0;
        for (int i = 0; i < length; i++) {
            int b = buffer[at + i] ^ mask;
            value = value << 8 | (first && i == 0 ? b ^ 0x80 : b) & 0xFF;
        }
        if (value < 0 || value >= Decimals.power(digits) && length > 0) {
            throw BinlogInput.corrupt("a decimal group above " + digits + " digits");
        }
        return value;
    }
}
