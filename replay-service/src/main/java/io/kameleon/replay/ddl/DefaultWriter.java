package io.kameleon.replay.ddl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column's DEFAULT clause in PostgreSQL's terms.
 *
 * <p>What has no equal there (zero dates, expressions of the source) becomes no default: row images carry every value, so a
 * default matters to the old rows of a new column and after the detach only. A literal of a TIMESTAMP column reads as UTC.
 */
final class DefaultWriter {
    /** {@code ('abc')}, {@code (_utf8mb4'abc')}, {@code (42)}: an expression that only wraps a constant. */
    private static final Pattern WRAPPED = Pattern.compile(
            "\\(*\\s*(?:(?:_\\w+)?\\s*'((?:[^'\\\\]|'')*)'|(-?\\d+(?:\\.\\d+)?))\\s*\\)*", Pattern.DOTALL);

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private DefaultWriter() {}

    /** The expression behind DEFAULT; empty for none. */
    static Optional<String> expression(ColumnDefinition column, PostgresType type) {
        ColumnDefault value = column.defaultValue();
        if (value == null || column.autoIncrement() || column.generated()) {
            return Optional.empty();
        }
        return switch (value.kind()) {
            case NULL -> Optional.empty();
            case LITERAL -> literal(value.text(), column, type);
            case BITS -> number(new BigInteger("0" + value.text(), 2), column, type);
            case HEX -> hex(value.text(), column, type);
            case CURRENT_TIMESTAMP -> now(type);
            case EXPRESSION -> wrapped(value.text(), column, type);
        };
    }

    /** The source has a default that {@link #expression} cannot carry over. A zero date counts as none on both sides. */
    static boolean isLost(ColumnDefinition column, PostgresType type) {
        ColumnDefault value = column.defaultValue();
        return value != null
                && value.kind() != ColumnDefault.Kind.NULL
                && !column.autoIncrement()
                && !column.generated()
                && !isZeroDate(column, type)
                && expression(column, type).isEmpty();
    }

    private static boolean isZeroDate(ColumnDefinition column, PostgresType type) {
        return column.defaultValue().kind() == ColumnDefault.Kind.LITERAL
                && type.family().isCalendar();
    }

    private static Optional<String> literal(String text, ColumnDefinition column, PostgresType type) {
        return switch (type.family()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, NUMERIC, REAL, DOUBLE -> decimal(text, type);
            case BIT -> decimal(text, type);
            case VARCHAR, TEXT -> Optional.of(SqlText.literal(text));
            case BYTEA -> bytes(text.getBytes(UTF_8), column);
            case DATE, TIMESTAMP, TIMESTAMPTZ ->
                CalendarText.of(text, type.family()).map(SqlText::literal);
            case INTERVAL -> CalendarText.interval(text).map(SqlText::literal);
            case TEXT_ARRAY -> Optional.of(SqlText.textArray(text.isEmpty() ? List.of() : List.of(text.split(","))));
            case ENUM, CHECKED_TEXT -> label(text, type);
            case UUID -> UUID_TEXT.matcher(text).matches() ? Optional.of(SqlText.literal(text)) : Optional.empty();
            case INET -> isAddress(column) ? Optional.of(SqlText.literal(text)) : Optional.empty();
            case JSONB, GEOMETRY, VECTOR, OTHER -> Optional.empty();
        };
    }

    private static boolean isAddress(ColumnDefinition column) {
        return column.type().kind() == TypeKind.INET4 || column.type().kind() == TypeKind.INET6;
    }

    private static Optional<String> decimal(String text, PostgresType type) {
        BigDecimal number;
        try {
            number = new BigDecimal(text.trim());
        } catch (NumberFormatException e) {
            return Optional.empty(); // the server accepts no such default for a number
        }
        return switch (type.family()) {
            case BOOLEAN -> Optional.of(number.signum() == 0 ? "false" : "true");
            case SMALLINT, INTEGER, BIGINT ->
                Optional.of(number.setScale(0, RoundingMode.HALF_UP).toPlainString());
            case BIT -> Optional.of(bits(number.toBigInteger(), type.length()));
            case NUMERIC -> Optional.of(number.toPlainString());
            default -> Optional.of(SqlText.literal(text.trim()));
        };
    }

    private static Optional<String> number(BigInteger number, ColumnDefinition column, PostgresType type) {
        return switch (type.family()) {
            case BIT -> Optional.of(bits(number, type.length()));
            case BYTEA -> bytes(unsignedBytes(number), column);
            case VARCHAR, TEXT, ENUM, CHECKED_TEXT -> text(unsignedBytes(number), column, type);
            case UUID, INET -> Optional.empty();
            default -> literal(number.toString(), column, type);
        };
    }

    private static Optional<String> hex(String digits, ColumnDefinition column, PostgresType type) {
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        return switch (type.family()) {
            case BYTEA -> bytes(HexFormat.of().parseHex(even), column);
            case VARCHAR, TEXT, ENUM, CHECKED_TEXT -> text(HexFormat.of().parseHex(even), column, type);
            default -> number(new BigInteger("0" + digits, 16), column, type);
        };
    }

    private static Optional<String> text(byte[] bytes, ColumnDefinition column, PostgresType type) {
        try {
            return literal(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), column, type);
        } catch (CharacterCodingException e) {
            return Optional.empty(); // bytes of another character set: their text is not known here
        }
    }

    private static byte[] unsignedBytes(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static Optional<String> bytes(byte[] bytes, ColumnDefinition column) {
        int padded = Math.max(bytes.length, TypeMapping.paddedBytes(column.type()));
        return Optional.of(SqlText.literal(Arrays.copyOf(bytes, padded)));
    }

    /** A bit constant of the column's width; its rightmost bits when the number is wider. */
    static String bits(BigInteger number, int width) {
        String digits = number.toString(2);
        String padded = "0".repeat(Math.max(0, width - digits.length())) + digits;
        return "B'" + padded.substring(padded.length() - width) + "'";
    }

    private static Optional<String> label(String text, PostgresType type) {
        return type.labels().stream()
                .filter(l -> l.equals(text))
                .findFirst()
                .or(() -> type.labels().stream()
                        .filter(l -> l.equalsIgnoreCase(text))
                        .findFirst())
                .map(SqlText::literal);
    }

    /** The current time as a value of the type; empty for a type that holds none. */
    static Optional<String> now(PostgresType type) {
        return switch (type.family()) {
            case DATE -> Optional.of("CURRENT_DATE");
            case TIMESTAMP -> Optional.of("LOCALTIMESTAMP" + digits(type));
            case TIMESTAMPTZ -> Optional.of("CURRENT_TIMESTAMP" + digits(type));
            default -> Optional.empty();
        };
    }

    private static String digits(PostgresType type) {
        return type.length() == PostgresType.NONE ? "" : "(" + type.length() + ")";
    }

    private static Optional<String> wrapped(String expression, ColumnDefinition column, PostgresType type) {
        Matcher matcher = WRAPPED.matcher(expression.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String text = matcher.group(1) != null ? matcher.group(1).replace("''", "'") : matcher.group(2);
        return literal(text, column, type);
    }
}
