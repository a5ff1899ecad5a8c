package io.kameleon.reader.binlog;

import io.kameleon.reader.value.Temporals;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * Decoders of DATE and of the temporal formats since MySQL 5.6.
 *
 * <p>Those are big-endian, with the fraction in 0 to 3 bytes behind: hundredths in one byte, ten-thousandths in two, microseconds
 * in three (MySQL internals manual, "Date and Time Data Type Representation").
 */
final class TemporalDecoders {
    private static final int[] MICROS_PER_UNIT = {0, 10_000, 100, 1};

    private TemporalDecoders() {}

    private static int fractionBytes(int fractionDigits) {
        return (fractionDigits + 1) / 2;
    }

    private static int readMicros(BinlogInput in, int fractionBytes) {
        int micros = (int) in.readUnsignedBE(fractionBytes) * MICROS_PER_UNIT[fractionBytes];
        if (micros >= Temporals.MICROS_PER_SECOND) {
            throw BinlogInput.corrupt("a fraction of more than a second");
        }
        return micros;
    }

    static final class Date extends ColumnDecoder.Fixed {
        Date() {
            super(3);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int packed = in.readUnsigned24LE();
            return Temporals.writeDate(packed >> 9, packed >> 5 & 15, packed & 31, out);
        }
    }

    static final class DateTime extends ColumnDecoder.Fixed {
        private static final int WHOLE_BYTES = 5;
        private static final long ZERO = 1L << 39;

        private final int fractionDigits;

        DateTime(int fractionDigits) {
            super(WHOLE_BYTES + fractionBytes(fractionDigits));
            this.fractionDigits = fractionDigits;
        }

        /** From the top: sign, year * 13 + month in 17 bits, day in 5, hour in 5, minute in 6, second in 6. */
        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            long packed = in.readUnsignedBE(WHOLE_BYTES) - ZERO;
            int micros = readMicros(in, width - WHOLE_BYTES);
            int yearMonth = (int) (packed >> 22);
            int clock = (int) packed & 0x1FFFF;
            int daySeconds = (clock >> 12) * 3600 + (clock >> 6 & 63) * 60 + (clock & 63);
            return Temporals.writeDateTime(
                    yearMonth / 13, yearMonth % 13, (int) (packed >> 17) & 31, daySeconds, micros, fractionDigits, out);
        }
    }

    /** Seconds since 1970 as 32 unsigned bits: MariaDB 11.5 reaches 2106. */
    static final class Timestamp extends ColumnDecoder.Fixed {
        private static final int WHOLE_BYTES = 4;

        private final int fractionDigits;

        Timestamp(int fractionDigits) {
            super(WHOLE_BYTES + fractionBytes(fractionDigits));
            this.fractionDigits = fractionDigits;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            long seconds = in.readUnsignedBE(WHOLE_BYTES);
            int micros = readMicros(in, width - WHOLE_BYTES);
            return Temporals.writeTimestamp(seconds, micros, fractionDigits, out, scratch);
        }
    }

    /**
     * TIME. Whole and fraction together are one number, offset so that it is positive; below zero the fraction so borrows from
     * the seconds, and both have to be negated as one.
     */
    static final class Time extends ColumnDecoder.Fixed {
        private static final int WHOLE_BYTES = 3;

        private final long zero;
        private final int fractionBits;

        Time(int fractionDigits) {
            super(WHOLE_BYTES + fractionBytes(fractionDigits));
            this.fractionBits = 8 * fractionBytes(fractionDigits);
            this.zero = 1L << 23 + fractionBits;
        }

        /** Of the whole part, from the top: sign, unused, hour in 10 bits, minute in 6, second in 6. */
        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            long packed = in.readUnsignedBE(width) - zero;
            long absolute = Math.abs(packed);
            int clock = (int) (absolute >> fractionBits);
            long seconds = (clock >> 12 & 0x3FF) * 3600L + (clock >> 6 & 63) * 60 + (clock & 63);
            long fraction = absolute & (1L << fractionBits) - 1;
            long micros = seconds * Temporals.MICROS_PER_SECOND + fraction * MICROS_PER_UNIT[width - WHOLE_BYTES];
            out.writeLong(packed < 0 ? -micros : micros);
            return true;
        }
    }
}
