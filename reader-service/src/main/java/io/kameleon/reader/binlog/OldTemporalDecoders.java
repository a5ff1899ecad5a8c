package io.kameleon.reader.binlog;

import io.kameleon.reader.value.Temporals;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * Decoders of the temporal formats before MySQL 5.6, which MariaDB still writes with {@code mysql56_temporal_format=0}, and of
 * MariaDB's own formats with a fraction ({@code Field_*_hires}).
 *
 * <p>Both have the same type codes and no metadata: the fraction digits come from the table definition. Without a fraction the
 * values are little-endian; with one they are big-endian counts of the smallest unit.
 */
final class OldTemporalDecoders {
    private static final int[] UNIT_MICROS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private OldTemporalDecoders() {}

    static final class Timestamp extends ColumnDecoder.Fixed {
        private static final int[] FRACTION_BYTES = {0, 1, 1, 2, 2, 3, 3};

        private final int fractionDigits;

        Timestamp(int fractionDigits) {
            super(4 + FRACTION_BYTES[fractionDigits]);
            this.fractionDigits = fractionDigits;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            if (fractionDigits == 0) {
                return Temporals.writeTimestamp(in.read32LE() & 0xFFFF_FFFFL, 0, 0, out, scratch);
            }
            long seconds = in.readUnsignedBE(4);
            long micros = in.readUnsignedBE(width - 4) * UNIT_MICROS[fractionDigits];
            if (micros >= Temporals.MICROS_PER_SECOND) {
                throw BinlogInput.corrupt("a fraction of more than a second");
            }
            return Temporals.writeTimestamp(seconds, (int) micros, fractionDigits, out, scratch);
        }
    }

    static final class DateTime extends ColumnDecoder.Fixed {
        private static final int[] BYTES = {8, 6, 6, 7, 7, 7, 8};

        private final int fractionDigits;

        DateTime(int fractionDigits) {
            super(BYTES[fractionDigits]);
            this.fractionDigits = fractionDigits;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            return fractionDigits == 0 ? decodeDigits(in.read64LE(), out) : decodeUnits(in.readUnsignedBE(width), out);
        }

        /** The decimal number yyyyMMddHHmmss. */
        private boolean decodeDigits(long digits, AvroOutput out) {
            int date = (int) (digits / 1_000_000);
            int clock = (int) (digits % 1_000_000);
            int daySeconds = clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100;
            return Temporals.writeDateTime(date / 10_000, date / 100 % 100, date % 100, daySeconds, 0, 0, out);
        }

        /** Mixed radix: ((((year * 13 + month) * 32 + day) * 24 + hour) * 60 + minute) * 60 + second, then the fraction. */
        private boolean decodeUnits(long units, AvroOutput out) {
            long perSecond = Temporals.MICROS_PER_SECOND / UNIT_MICROS[fractionDigits];
            int micros = (int) (units % perSecond) * UNIT_MICROS[fractionDigits];
            long seconds = units / perSecond;
            long days = seconds / 86_400;
            long months = days / 32;
            if (micros < 0 || months < 0 || months >= 13 * 10_000) {
                return false;
            }
            return Temporals.writeDateTime(
                    (int) (months / 13),
                    (int) (months % 13),
                    (int) (days % 32),
                    (int) (seconds % 86_400),
                    micros,
                    fractionDigits,
                    out);
        }
    }

    static final class Time extends ColumnDecoder.Fixed {
        private static final int[] BYTES = {3, 4, 4, 5, 5, 5, 6};
        /** What 00:00:00 is stored as, in seconds: one above the greatest TIME, 838:59:59. */
        private static final long ZERO_SECONDS = 3_020_400;

        private final int unitMicros;

        Time(int fractionDigits) {
            super(BYTES[fractionDigits]);
            this.unitMicros = UNIT_MICROS[fractionDigits];
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            if (unitMicros == Temporals.MICROS_PER_SECOND) {
                out.writeLong(microsOfDigits(in.readUnsigned24LE() << 8 >> 8));
            } else {
                long units = in.readUnsignedBE(width) - ZERO_SECONDS * (Temporals.MICROS_PER_SECOND / unitMicros);
                out.writeLong(units * unitMicros);
            }
            return true;
        }

        /** The decimal number HHmmss, hours up to 838. */
        private static long microsOfDigits(int digits) {
            int absolute = Math.abs(digits);
            long seconds = absolute / 10_000 * 3600L + absolute / 100 % 100 * 60 + absolute % 100;
            return (digits < 0 ? -seconds : seconds) * Temporals.MICROS_PER_SECOND;
        }
    }
}
