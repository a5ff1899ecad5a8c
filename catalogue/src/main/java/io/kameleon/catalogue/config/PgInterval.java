package io.kameleon.catalogue.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals as PostgreSQL writes them: {@code 1 day}, {@code 2 hours 30 minutes}, {@code 12:00:00}, {@code 1 day 06:00},
 * {@code P1DT12H}.
 *
 * <p>A month is 30 days and a year 365.25 days, as when PostgreSQL takes an interval's seconds.
 */
final class PgInterval {
    /** One term: hours:minutes[:seconds], or a number with its unit. */
    private static final Pattern TERM = Pattern.compile(
            "\\s*(?:(\\d{1,6}):(\\d{2})(?::(\\d{2}(?:\\.\\d{1,6})?))?|\\+?(\\d{1,9}(?:\\.\\d{1,9})?)\\s*([a-z]+))");

    private static final Pattern ISO = Pattern.compile("p(?=.)([^t]*)(t.+)?");

    private static final Map<String, BigDecimal> UNIT_SECONDS = Map.ofEntries(
            Map.entry("microsecond", new BigDecimal("0.000001")),
            Map.entry("us", new BigDecimal("0.000001")),
            Map.entry("millisecond", new BigDecimal("0.001")),
            Map.entry("ms", new BigDecimal("0.001")),
            Map.entry("second", BigDecimal.ONE),
            Map.entry("sec", BigDecimal.ONE),
            Map.entry("s", BigDecimal.ONE),
            Map.entry("minute", BigDecimal.valueOf(60)),
            Map.entry("min", BigDecimal.valueOf(60)),
            Map.entry("m", BigDecimal.valueOf(60)),
            Map.entry("hour", BigDecimal.valueOf(3600)),
            Map.entry("hr", BigDecimal.valueOf(3600)),
            Map.entry("h", BigDecimal.valueOf(3600)),
            Map.entry("day", BigDecimal.valueOf(86_400)),
            Map.entry("d", BigDecimal.valueOf(86_400)),
            Map.entry("week", BigDecimal.valueOf(7 * 86_400)),
            Map.entry("w", BigDecimal.valueOf(7 * 86_400)),
            Map.entry("month", BigDecimal.valueOf(30 * 86_400)),
            Map.entry("mon", BigDecimal.valueOf(30 * 86_400)),
            Map.entry("year", BigDecimal.valueOf(31_557_600)),
            Map.entry("yr", BigDecimal.valueOf(31_557_600)),
            Map.entry("y", BigDecimal.valueOf(31_557_600)));

    private PgInterval() {}

    /** @throws IllegalArgumentException when it is not an interval, or not longer than zero */
    static Duration parse(String text) {
        String normal = text.strip().toLowerCase(Locale.ROOT);
        Duration duration = normal.startsWith("p") ? iso(normal) : terms(normal);
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("it has to be longer than zero");
        }
        return duration;
    }

    private static Duration terms(String text) {
        Matcher term = TERM.matcher(text);
        var seconds = BigDecimal.ZERO;
        int end = 0;
        do {
            if (!term.region(end, text.length()).lookingAt()) {
                throw new IllegalArgumentException("");
            }
            seconds = seconds.add(term.group(1) != null ? clock(term) : quantity(term));
            end = term.end();
        } while (end < text.length());
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private static BigDecimal clock(Matcher term) {
        BigDecimal seconds = term.group(3) == null ? BigDecimal.ZERO : new BigDecimal(term.group(3));
        return seconds.add(
                BigDecimal.valueOf(Long.parseLong(term.group(1)) * 3600 + Long.parseLong(term.group(2)) * 60));
    }

    private static BigDecimal quantity(Matcher term) {
        BigDecimal unit = UNIT_SECONDS.get(singular(term.group(5)));
        if (unit == null) {
            throw new IllegalArgumentException("its unit is not known");
        }
        return new BigDecimal(term.group(4)).multiply(unit);
    }

    private static String singular(String unit) {
        return UNIT_SECONDS.containsKey(unit) || !unit.endsWith("s") ? unit : unit.substring(0, unit.length() - 1);
    }

    private static Duration iso(String text) {
        Matcher parts = ISO.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("");
        }
        try {
            Period date = parts.group(1).isEmpty() ? Period.ZERO : Period.parse("P" + parts.group(1));
            Duration time = parts.group(2) == null ? Duration.ZERO : Duration.parse("P" + parts.group(2));
            return time.plusDays(date.getDays() + 30L * date.getMonths()).plusSeconds(31_557_600L * date.getYears());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException("", e);
        }
    }
}
