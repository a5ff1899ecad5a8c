package io.kameleon.catalogue.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads single values as pg_chameleon's files write them.
 *
 * <p>Every method throws {@link IllegalArgumentException} for text that it does not take; its message, when it has one, says
 * more than "not allowed" and quotes nothing of the value.
 */
final class ConfigValues {
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,15}) *(?:([kKmMgG])(?:i?[bB])?|[bB])?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?) *(us|ms|s|min|h|d)?");
    private static final Map<String, BigDecimal> UNIT_NANOS = Map.of(
            "us", BigDecimal.valueOf(1_000L),
            "ms", BigDecimal.valueOf(1_000_000L),
            "s", BigDecimal.valueOf(1_000_000_000L),
            "min", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L),
            "d", BigDecimal.valueOf(86_400_000_000_000L));

    private ConfigValues() {}

    static Parser<String> text() {
        return text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("it is empty");
            }
            return text;
        };
    }

    static Parser<Integer> integer(int min, int max) {
        return text -> Math.toIntExact(wholeNumber(text, min, max));
    }

    static long wholeNumber(String text, long min, long max) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it is not a whole number", e);
        }
        throw new IllegalArgumentException("it is out of range");
    }

    /** Yes and no as YAML 1.1 has them, quoted or not. */
    static boolean yesOrNo(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y" -> true;
            case "false", "no", "off", "n" -> false;
            default -> throw new IllegalArgumentException("");
        };
    }

    /** The constant whose name in lower case is the text; hyphens and underscores are the same. */
    static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
        return text -> {
            String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(name)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("");
        };
    }

    /** As PostgreSQL takes {@code lock_timeout}: a number with a unit, or in {@code unit} without one. */
    static Duration duration(String text, String unit) {
        Matcher parts = DURATION.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("");
        }
        BigDecimal nanos = UNIT_NANOS.get(parts.group(2) == null ? unit : parts.group(2));
        return toDuration(new BigDecimal(parts.group(1)).multiply(nanos));
    }

    static Duration seconds(String text) {
        return duration(text, "s");
    }

    static Parser<Duration> secondsUpTo(Duration max) {
        return text -> {
            Duration duration = seconds(text);
            if (duration.compareTo(max) > 0) {
                throw new IllegalArgumentException("it is too long");
            }
            return duration;
        };
    }

    /** Bytes; {@code k}, {@code M} and {@code G} are powers of 1024, as in pg_chameleon. */
    static long memory(String text) {
        Matcher parts = MEMORY.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("");
        }
        int shift = parts.group(2) == null
                ? 0
                : switch (parts.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    default -> 30;
                };
        long number = Long.parseLong(parts.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("it is out of range");
        }
        return number << shift;
    }

    private static Duration toDuration(BigDecimal nanos) {
        try {
            return Duration.ofNanos(nanos.longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("it is out of range", e);
        }
    }

    /** Makes a value of its text, or throws {@link IllegalArgumentException}. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text);
    }
}
