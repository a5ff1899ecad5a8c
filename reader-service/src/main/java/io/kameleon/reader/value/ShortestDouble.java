package io.kameleon.reader.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A DOUBLE as the server writes it into JSON text ({@code my_gcvt}): the fewest digits that read back as the same double,
 * plain from 10^-15 to 10^15, and above that where digits stand behind the point; else with an exponent.
 */
public final class ShortestDouble {
    /** Decimal exponents of the point for which the server writes the number without an exponent. */
    private static final int PLAIN_MAX = 15;

    private static final int PLAIN_MIN = -14;
    private static final double EXACT_INTEGERS_MAX = 1e15;

    private ShortestDouble() {}

    /** @param value finite, as every number in JSON */
    public static String text(double value) {
        if (Math.abs(value) < EXACT_INTEGERS_MAX && value == Math.rint(value)) {
            return (1 / value < 0 && value == 0 ? "-" : "") + (long) value + ".0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String sign = value < 0 ? "-" : "";
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        boolean plain = point >= PLAIN_MIN && (point <= PLAIN_MAX || point < digits.length());
        return sign + (plain ? plain(digits, point) : withExponent(digits, point));
    }

    /** Java before 19 sometimes gives a digit too many (JDK-4511638), and always at least two. */
    private static BigDecimal shortest(double value) {
        var exact = new BigDecimal(value);
        int precision =
                new BigDecimal(Double.toString(value)).stripTrailingZeros().precision();
        BigDecimal best = round(exact, precision);
        while (precision > 1) {
            BigDecimal shorter = round(exact, --precision);
            if (shorter.doubleValue() != value) {
                break;
            }
            best = shorter;
        }
        return best.stripTrailingZeros();
    }

    private static BigDecimal round(BigDecimal exact, int precision) {
        return exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
    }

    private static String plain(String digits, int point) {
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String withExponent(String digits, int point) {
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return digits.charAt(0) + fraction + "e" + (point - 1);
    }
}
