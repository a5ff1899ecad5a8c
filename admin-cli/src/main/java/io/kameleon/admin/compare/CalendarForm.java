package io.kameleon.admin.compare;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Dates and times. Both sessions are in UTC, so what is compared is {@code 2026-01-31 23:59:59.12}: no trailing zeros in the
 * fraction, no zone. Times of day and intervals are {@code -838:59:59.000001}.
 */
final class CalendarForm {
    /** What a zero date is on the destination where NULL is not allowed. */
    static final String NO_DATE = "-infinity";

    private static final int DATE_LENGTH = 10;
    private static final int YEAR_LENGTH = 4;
    private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);
    private static final BigInteger SECONDS_PER_MINUTE = BigInteger.valueOf(60);

    private CalendarForm() {}

    /** A date or a date with time of the source; false: zero, partial, year 0, or a day like February 30. */
    static boolean isInCalendar(String text) {
        try {
            int year = Integer.parseInt(text.substring(0, YEAR_LENGTH));
            int month = Integer.parseInt(text.substring(5, 7));
            int day = Integer.parseInt(text.substring(8, DATE_LENGTH));
            return year >= 1 && LocalDate.of(year, month, day).getYear() == year;
        } catch (DateTimeException | NumberFormatException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }

    /** A date with or without time, of either side. */
    static String moment(String text) {
        return withoutZeroFraction(text.endsWith("+00") ? text.substring(0, text.length() - 3) : text);
    }

    /** A date that the destination may hold with a time of midnight. */
    static String date(String text) {
        String moment = moment(text);
        return moment.endsWith(" 00:00:00") ? moment.substring(0, moment.length() - 9) : moment;
    }

    /** MySQL's text of a TIME: {@code -00:00:00.500000}. */
    static String time(String text) {
        String plain = withoutZeroFraction(text);
        return "-00:00:00".equals(plain) ? "00:00:00" : plain;
    }

    /** Seconds with a fraction, as PostgreSQL's {@code extract(epoch from ...)} gives them. */
    static String timeOfSeconds(String seconds) {
        BigDecimal value = new BigDecimal(seconds);
        BigInteger[] parts = value.movePointRight(6).toBigInteger().abs().divideAndRemainder(MICROS_PER_SECOND);
        BigInteger[] minutes = parts[0].divideAndRemainder(SECONDS_PER_MINUTE);
        BigInteger[] hours = minutes[0].divideAndRemainder(SECONDS_PER_MINUTE);
        String text = String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d.%06d",
                value.signum() < 0 ? "-" : "",
                hours[0],
                hours[1],
                minutes[1],
                parts[1]);
        return time(text);
    }

    private static String withoutZeroFraction(String text) {
        int point = text.lastIndexOf('.');
        if (point < 0) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end - 1 == point ? point : end);
    }
}
