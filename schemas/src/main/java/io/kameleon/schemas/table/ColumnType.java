package io.kameleon.schemas.table;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A column's type on the source, with every fact that decoding or mapping needs.
 *
 * <p>CHAR, VARCHAR and TEXT with {@code CHARACTER SET binary} never appear: they are BINARY, VARBINARY and BLOB, as the
 * server itself stores them. MariaDB's JSON is LONGTEXT with a check, and is LONGTEXT here.
 *
 * @param kind     storage type
 * @param length   CHAR/VARCHAR: characters; BINARY/VARBINARY: bytes; BIT: bits; DECIMAL: precision (digits); integers:
 *                 display width; FLOAT/DOUBLE: digits when declared (M,D); DATETIME/TIMESTAMP/TIME: fraction digits 0 to
 *                 6; VECTOR: dimensions; {@link #NONE} where it does not apply or was not declared
 * @param scale    DECIMAL, FLOAT(M,D), DOUBLE(M,D): digits after the point; otherwise {@link #NONE}
 * @param unsigned for numbers
 * @param charset  MySQL's name ({@code utf8mb4}, {@code latin1}, {@code utf8mb3}) for text, ENUM and SET; otherwise empty
 * @param collation MySQL's name, for the same types; otherwise empty
 * @param labels   ENUM and SET: labels in definition order, unquoted; otherwise empty
 * @param declared the type as {@code SHOW CREATE TABLE} writes it, without attributes after it:
 *                 {@code int unsigned}, {@code tinyint(1)}, {@code enum('a','b')}, {@code point}
 */
public record ColumnType(
        TypeKind kind,
        int length,
        int scale,
        boolean unsigned,
        String charset,
        String collation,
        List<String> labels,
        String declared) {
    /** Stands for a length or scale that does not apply. */
    public static final int NONE = -1;

    public ColumnType {
        requireNonNull(kind, "kind");
        requireNonNull(charset, "charset");
        requireNonNull(collation, "collation");
        requireNonNull(declared, "declared");
        labels = List.copyOf(labels);
    }

    /** A type without character set and labels. */
    public static ColumnType of(TypeKind kind, int length, int scale, boolean unsigned, String declared) {
        return new ColumnType(kind, length, scale, unsigned, "", "", List.of(), declared);
    }

    /** Digits of fractional seconds, 0 to 6; 0 for types that have none. */
    public int fractionDigits() {
        return switch (kind) {
            case DATETIME, TIMESTAMP, TIME -> Math.max(length, 0);
            default -> 0;
        };
    }
}
