package io.kameleon.admin.compare;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers in one spelling each: no plus, no leading or trailing zeros, no negative zero. */
final class NumberForm {
    private static final String ZERO = "0";
    /** Digits of a plain integer text that needs no look by {@link BigDecimal}. */
    private static final int PLAIN_LENGTH_MAX = 40;
    /** Beyond, a plain text would only be zeros. */
    private static final int EXPONENT_MAX = 400;

    private NumberForm() {}

    /** Exact decimal; a text that is no number (NaN, Infinity, a text column) stays as it is. */
    static String exact(String text) {
        if (isPlainInteger(text)) {
            return text;
        }
        try {
            return exact(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    static String exact(BigDecimal number) {
        if (number.signum() == 0) {
            return ZERO;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return Math.abs((long) stripped.scale()) > EXPONENT_MAX ? stripped.toString() : stripped.toPlainString();
    }

    private static boolean isPlainInteger(String text) {
        int length = text.length();
        int first = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (length == first || length > PLAIN_LENGTH_MAX || text.charAt(first) == '0') {
            return length == 1 && text.charAt(0) == '0';
        }
        for (int i = first; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Single precision: the source gives the stored value widened to a double. */
    static String ofFloat(String text) {
        try {
            float value = (float) Double.parseDouble(text);
            return value == 0 ? ZERO : Float.toString(value);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    static String ofDouble(String text) {
        try {
            double value = Double.parseDouble(text);
            return value == 0 ? ZERO : Double.toString(value);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Binary digits, most significant first. */
    static String ofBits(String digits) {
        try {
            return digits.isEmpty() ? ZERO : new BigInteger(digits, 2).toString();
        } catch (NumberFormatException e) {
            return digits;
        }
    }

    /** Big-endian bytes. */
    static String ofBits(byte[] bytes) {
        return new BigInteger(1, bytes).toString();
    }

    /** A number as truth: 0 is false, everything else true. */
    static String truth(String number) {
        return ZERO.equals(exact(number)) ? ZERO : "1";
    }

    /** PostgreSQL's {@code t}, {@code true}. */
    static String ofBoolean(String text) {
        return text.startsWith("t") ? "1" : ZERO;
    }
}
