package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;

/**
 * Writes the temporal shapes from calendar fields, without objects.
 *
 * <p>The methods that take a date return false, and write nothing, for a date that the calendar does not have: zero, partial
 * and, with {@code ALLOW_INVALID_DATES}, days like February 30; also for year 0 (F53).
 */
public final class Temporals {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final int DAYS_0000_TO_1970 = 719_528;

    private Temporals() {}

    /** True for a day of the Gregorian calendar in the years 1 to 9999. */
    public static boolean isDate(int year, int month, int day) {
        return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Days since 1970-01-01 of a date for which {@link #isDate} holds. */
    public static int epochDay(int year, int month, int day) {
        int days = 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        days += (367 * month - 362) / 12 + day - 1;
        if (month > 2) {
            days -= isLeap(year) ? 1 : 2;
        }
        return days - DAYS_0000_TO_1970;
    }

    public static boolean writeDate(int year, int month, int day, AvroOutput out) {
        if (!isDate(year, month, day)) {
            return false;
        }
        out.writeInt(epochDay(year, month, day));
        return true;
    }

    /**
     * DATETIME_MILLIS up to 3 fraction digits, else DATETIME_MICROS.
     *
     * @param daySeconds seconds since midnight
     */
    public static boolean writeDateTime(
            int year, int month, int day, int daySeconds, int micros, int fractionDigits, AvroOutput out) {
        if (!isDate(year, month, day) || daySeconds < 0 || daySeconds >= SECONDS_PER_DAY) {
            return false;
        }
        long seconds = epochDay(year, month, day) * SECONDS_PER_DAY + daySeconds;
        if (fractionDigits <= 3) {
            out.writeLong(seconds * 1000 + micros / 1000);
        } else {
            out.writeLong(seconds * MICROS_PER_SECOND + micros);
        }
        return true;
    }

    /**
     * TIMESTAMP, e.g. {@code 2026-01-31T23:59:59.120Z} with 3 fraction digits.
     *
     * @param epochSeconds 0 to 253402300799 (year 9999); 0 with 0 micros is MySQL's zero timestamp
     */
    public static boolean writeTimestamp(
            long epochSeconds, int micros, int fractionDigits, AvroOutput out, ValueScratch scratch) {
        if (epochSeconds == 0 && micros == 0) {
            return false;
        }
        byte[] text = scratch.bytes(32);
        int at = putDate((int) (epochSeconds / SECONDS_PER_DAY), text);
        text[at++] = 'T';
        at = putClock((int) (epochSeconds % SECONDS_PER_DAY), text, at);
        at = putFraction(micros, fractionDigits, text, at);
        text[at++] = 'Z';
        out.writeBytes(text, 0, at);
        return true;
    }

    /** Civil date from a day number: Howard Hinnant's days algorithm, in years that begin with March. */
    private static int putDate(int epochDay, byte[] text) {
        int shifted = epochDay + DAYS_0000_TO_1970 - 60;
        int era = shifted / 146_097;
        int dayOfEra = shifted - era * 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        putTwo(year / 100, text, 0);
        putTwo(year % 100, text, 2);
        text[4] = '-';
        putTwo(month, text, 5);
        text[7] = '-';
        putTwo(day, text, 8);
        return 10;
    }

    private static int putClock(int daySeconds, byte[] text, int at) {
        putTwo(daySeconds / 3600, text, at);
        text[at + 2] = ':';
        putTwo(daySeconds / 60 % 60, text, at + 3);
        text[at + 5] = ':';
        putTwo(daySeconds % 60, text, at + 6);
        return at + 8;
    }

    private static int putFraction(int micros, int digits, byte[] text, int at) {
        if (digits == 0) {
            return at;
        }
        text[at] = '.';
        int rest = micros;
        for (int i = 6; i > 0; i--, rest /= 10) {
            if (i <= digits) {
                text[at + i] = (byte) ('0' + rest % 10);
            }
        }
        return at + 1 + digits;
    }

    private static void putTwo(int value, byte[] text, int at) {
        text[at] = (byte) ('0' + value / 10);
        text[at + 1] = (byte) ('0' + value % 10);
    }
}
