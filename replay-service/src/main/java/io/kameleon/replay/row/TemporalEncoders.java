package io.kameleon.replay.row;

import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.wire.AvroInput;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * From dates and times. PostgreSQL counts from 2000-01-01 where Avro's values count from 1970-01-01; a timestamp with time zone
 * is UTC in binary, whatever the session's zone (F59).
 */
final class TemporalEncoders {
    private static final int EPOCH_DAYS = 10_957;
    private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;
    /** Beyond the years that either server knows; keeps the arithmetic from overflowing. */
    private static final long MICROS_MAX = 400_000_000_000_000_000L;

    private static final DateTimeFormatter DATETIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(java.util.Locale.ROOT);

    private TemporalEncoders() {}

    /** @return null when the type cannot hold dates; likewise below */
    static ValueEncoder ofDate(PgType type, ZeroDatePolicy zeroDates, Place place) {
        byte[] least = ZeroDates.least(type);
        ValueEncoder known = ofKnownDate(type, place);
        return known == null
                ? null
                : (in, out) -> {
                    int start = in.position();
                    if (in.readInt() == ZeroDateForm.DATE) {
                        ZeroDates.write(out, least, zeroDates, place);
                    } else {
                        known.encode(in.rewind(start), out);
                    }
                };
    }

    private static ValueEncoder ofKnownDate(PgType type, Place place) {
        return switch (type) {
            case DATE ->
                (in, out) -> {
                    out.writeInt(Integer.BYTES);
                    out.writeInt(readDays(in, place) - EPOCH_DAYS);
                };
            case TIMESTAMP, TIMESTAMPTZ -> (in, out) -> writeMicros(out, readDays(in, place) * DAY_MICROS);
            case TEXT ->
                (in, out) ->
                        out.writeText(LocalDate.ofEpochDay(readDays(in, place)).toString());
            default -> null;
        };
    }

    /** @param factor microseconds per unit of the value */
    static ValueEncoder ofDatetime(PgType type, int factor, ZeroDatePolicy zeroDates, Place place) {
        byte[] least = ZeroDates.least(type);
        ValueEncoder known = ofKnownDatetime(type, factor, place);
        return known == null
                ? null
                : (in, out) -> {
                    int start = in.position();
                    if (in.readLong() == ZeroDateForm.DATETIME) {
                        ZeroDates.write(out, least, zeroDates, place);
                    } else {
                        known.encode(in.rewind(start), out);
                    }
                };
    }

    private static ValueEncoder ofKnownDatetime(PgType type, int factor, Place place) {
        return switch (type) {
            case TIMESTAMP, TIMESTAMPTZ -> (in, out) -> writeMicros(out, readMicros(in, factor, place));
            case TEXT -> (in, out) -> out.writeText(datetimeText(readMicros(in, factor, place)));
            default -> null;
        };
    }

    static ValueEncoder ofTimestamp(PgType type, ZeroDatePolicy zeroDates, Place place) {
        byte[] least = ZeroDates.least(type);
        return switch (type) {
            case TIMESTAMP, TIMESTAMPTZ ->
                (in, out) -> {
                    int length = in.readLength();
                    int at = in.skip(length);
                    if (TimestampText.isZero(in.buffer(), at, length)) {
                        ZeroDates.write(out, least, zeroDates, place);
                    } else {
                        writeMicros(out, TimestampText.micros(in.buffer(), at, length, place));
                    }
                };
            case TEXT ->
                (in, out) -> {
                    int length = in.readLength();
                    int at = in.skip(length);
                    if (TimestampText.isZero(in.buffer(), at, length)) {
                        ZeroDates.write(out, least, zeroDates, place);
                    } else {
                        out.writeInt(length);
                        out.writeRaw(in.buffer(), at, length);
                    }
                };
            default -> null;
        };
    }

    static ValueEncoder ofTime(PgType type, Place place) {
        return switch (type) {
            case INTERVAL ->
                (in, out) -> {
                    out.writeInt(Long.BYTES + 2 * Integer.BYTES);
                    out.writeLong(in.readLong());
                    out.writeInt(0); // days
                    out.writeInt(0); // months
                };
            case TIME ->
                (in, out) -> {
                    long micros = in.readLong();
                    if (micros < 0 || micros > DAY_MICROS) {
                        throw place.outOfRange();
                    }
                    IntegerEncoders.writeInt8(out, micros);
                };
            case INT8 -> (in, out) -> IntegerEncoders.writeInt8(out, in.readLong());
            case TEXT -> (in, out) -> out.writeText(timeText(in.readLong()));
            default -> null;
        };
    }

    private static void writeMicros(PgBuffer out, long sinceUnixEpoch) {
        out.writeInt(Long.BYTES);
        out.writeLong(sinceUnixEpoch - EPOCH_MICROS);
    }

    private static long readMicros(AvroInput in, int factor, Place place) {
        long value = in.readLong();
        if (Math.abs(value) > MICROS_MAX / factor) {
            throw place.outOfRange();
        }
        return value * factor;
    }

    private static int readDays(AvroInput in, Place place) {
        int days = in.readInt();
        if (Math.abs((long) days) > MICROS_MAX / DAY_MICROS) {
            throw place.outOfRange();
        }
        return days;
    }

    private static String datetimeText(long micros) {
        long seconds = Math.floorDiv(micros, 1_000_000L);
        int nanos = (int) Math.floorMod(micros, 1_000_000L) * 1000;
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).format(DATETIME);
    }

    /** As MySQL prints it: {@code -838:59:59.000001}, without a fraction when there is none. */
    private static String timeText(long micros) {
        long magnitude = Math.abs(micros);
        long seconds = magnitude / 1_000_000;
        long fraction = magnitude % 1_000_000;
        String text = String.format(
                java.util.Locale.ROOT,
                "%s%02d:%02d:%02d",
                micros < 0 ? "-" : "",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60);
        return fraction == 0 ? text : text + String.format(java.util.Locale.ROOT, ".%06d", fraction);
    }
}
