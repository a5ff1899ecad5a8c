package io.kameleon.replay.row;

/** Reads {@code yyyy-MM-ddTHH:mm:ss[.f]Z} out of ASCII bytes without an object. */
final class TimestampText {
    private static final int SECONDS_END = 19;
    private static final int FRACTION_DIGITS_MAX = 6;

    private TimestampText() {}

    /** Whether it is the mark of a zero date: the month 0 tells it from every other. */
    static boolean isZero(byte[] text, int from, int length) {
        return length > SECONDS_END && text[from + 5] == '0' && text[from + 6] == '0';
    }

    /** @return microseconds since 1970-01-01 00:00:00 UTC */
    static long micros(byte[] text, int from, int length, Place place) {
        if (length <= SECONDS_END || text[from + length - 1] != 'Z' || !punctuated(text, from)) {
            throw malformed(place);
        }
        long days =
                days(number(text, from, 4, place), number(text, from + 5, 2, place), number(text, from + 8, 2, place));
        long seconds = number(text, from + 11, 2, place) * 3600L
                + number(text, from + 14, 2, place) * 60L
                + number(text, from + 17, 2, place);
        long fraction = fraction(text, from + SECONDS_END, from + length - 1, place);
        return (days * 86_400 + seconds) * 1_000_000 + fraction;
    }

    private static boolean punctuated(byte[] text, int from) {
        return text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    private static long fraction(byte[] text, int from, int to, Place place) {
        if (from == to) {
            return 0;
        }
        int digits = to - from - 1;
        if (text[from] != '.' || digits < 1 || digits > FRACTION_DIGITS_MAX) {
            throw malformed(place);
        }
        long value = number(text, from + 1, digits, place);
        for (int i = digits; i < FRACTION_DIGITS_MAX; i++) {
            value *= 10;
        }
        return value;
    }

    private static int number(byte[] text, int from, int digits, Place place) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed(place);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar: years counted from March, in eras of 400 years. */
    private static long days(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static RuntimeException malformed(Place place) {
        return place.malformed("A timestamp is not of the form yyyy-MM-ddTHH:mm:ss[.f]Z");
    }
}
