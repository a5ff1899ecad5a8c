package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefault.Kind;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Writes a default value as the server stores it for the column's type; stateless. */
final class DefaultResolver {
    private static final int DATE_LENGTH = "2000-01-01".length();
    private static final int EXPONENT_MAX = 400;

    private DefaultResolver() {}

    /** @return null for no default: {@code DEFAULT NULL} on a nullable column says the same as no clause */
    static ColumnDefault resolve(ColumnDefault declared, ColumnType type) {
        if (declared == null || declared.kind() == Kind.NULL) {
            return null;
        }
        return switch (declared.kind()) {
            case LITERAL -> literal(declared, type);
            case HEX -> hex(declared, type);
            case BITS -> bits(declared, type);
            case CURRENT_TIMESTAMP -> now(declared, type);
            case EXPRESSION, NULL -> declared;
        };
    }

    private static ColumnDefault now(ColumnDefault declared, ColumnType type) {
        boolean instant = type.kind() == TypeKind.DATETIME || type.kind() == TypeKind.TIMESTAMP;
        return instant ? declared : new ColumnDefault(Kind.EXPRESSION, "current_timestamp()");
    }

    private static ColumnDefault literal(ColumnDefault declared, ColumnType type) {
        String text = declared.text();
        try {
            return switch (type.kind()) {
                case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> literal(number(text, 0));
                case DECIMAL -> literal(number(text, type.scale()));
                case BIT -> new ColumnDefault(Kind.BITS, new BigInteger(text.strip()).toString(2));
                case DATETIME, TIMESTAMP -> literal(instant(text, type.fractionDigits()));
                case TIME -> literal(withFraction(text, type.fractionDigits()));
                case CHAR -> literal(withoutTrailingSpaces(text));
                case BINARY, VARBINARY -> bytes(text.getBytes(StandardCharsets.UTF_8), type);
                default -> declared;
            };
        } catch (NumberFormatException notANumber) {
            return declared; // a string that the server converts by rules of its own
        }
    }

    private static ColumnDefault literal(String text) {
        return new ColumnDefault(Kind.LITERAL, text);
    }

    private static String withoutTrailingSpaces(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static String number(String text, int scale) {
        var number = new BigDecimal(text.strip());
        if (Math.abs((long) number.scale()) > EXPONENT_MAX) {
            throw new NumberFormatException("exponent");
        }
        return number.setScale(scale, RoundingMode.HALF_UP).toPlainString();
    }

    private static String instant(String text, int digits) {
        return withFraction(text.length() == DATE_LENGTH ? text + " 00:00:00" : text, digits);
    }

    private static String withFraction(String text, int digits) {
        int point = text.indexOf('.');
        if (text.indexOf(':') < 0 || digits == 0 && point < 0) {
            return text;
        }
        String fraction = point < 0 ? "" : text.substring(point + 1);
        if (fraction.length() > digits) {
            return text; // the server rounds
        }
        return (point < 0 ? text : text.substring(0, point)) + "." + fraction + "0".repeat(digits - fraction.length());
    }

    private static ColumnDefault hex(ColumnDefault declared, ColumnType type) {
        if (type.kind() == TypeKind.BIT) {
            return new ColumnDefault(Kind.BITS, new BigInteger("0" + declared.text(), 16).toString(2));
        }
        if (type.kind().isInteger()) {
            return literal(new BigInteger("0" + declared.text(), 16).toString());
        }
        return hexString(declared, type);
    }

    /** A string in hexadecimal digits. */
    private static ColumnDefault hexString(ColumnDefault hex, ColumnType type) {
        String digits = hex.text().length() % 2 == 0 ? hex.text() : "0" + hex.text();
        return bytes(HexFormat.of().parseHex(digits), type);
    }

    /** Bytes that are plain text are shown as such; BINARY(n) is filled up with zero bytes. */
    private static ColumnDefault bytes(byte[] value, ColumnType type) {
        boolean padded = type.kind() == TypeKind.BINARY && value.length < type.length();
        byte[] bytes = padded ? Arrays.copyOf(value, type.length()) : value;
        for (byte b : bytes) {
            if (b < ' ' || b == 0x7F) {
                return new ColumnDefault(
                        Kind.HEX, HexFormat.of().withUpperCase().formatHex(bytes));
            }
        }
        return literal(new String(bytes, StandardCharsets.US_ASCII));
    }

    private static ColumnDefault bits(ColumnDefault declared, ColumnType type) {
        var value = new BigInteger("0" + declared.text(), 2);
        if (type.kind() == TypeKind.BIT) {
            return new ColumnDefault(Kind.BITS, value.toString(2));
        }
        return type.kind().isInteger() ? literal(value.toString()) : declared;
    }
}
