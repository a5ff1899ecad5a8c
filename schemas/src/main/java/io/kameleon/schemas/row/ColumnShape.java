package io.kameleon.schemas.row;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;

/**
 * How a column's values look in a row image: an Avro type and Debezium's semantic type. The one meeting point of the binlog
 * decoder, the snapshot reader (both write it) and the PostgreSQL encoder (reads it).
 *
 * <p>Values per shape:
 * <ul>
 *   <li>{@code INT16}, {@code INT32}: Avro {@code int}; {@code INT64}: {@code long}.
 *   <li>{@code DECIMAL}: {@code bytes}, the unscaled value in big-endian two's complement (minimal length); scale from the
 *       schema. BIGINT UNSIGNED is a DECIMAL with precision 20 and scale 0.
 *   <li>{@code BOOLEAN}: BIT(1). {@code BITS}: {@code bytes}, little-endian, (n + 7) / 8 of them.
 *   <li>{@code STRING}: UTF-8. {@code BYTES}: as stored; BINARY(n) padded with zero bytes to n (F6).
 *   <li>{@code DATE}: {@code int}, days since 1970-01-01. {@code YEAR}: {@code int}, 0 or 1901 to 2155.
 *   <li>{@code TIME_MICROS}: {@code long}, microseconds, negative and beyond a day allowed (F54).
 *   <li>{@code DATETIME_MILLIS} (0 to 3 fraction digits) and {@code DATETIME_MICROS} (4 to 6): {@code long} since 1970-01-01
 *       00:00:00 without a zone.
 *   <li>{@code TIMESTAMP}: {@code string}, {@code yyyy-MM-ddTHH:mm:ss[.f]Z} in UTC with exactly the column's fraction digits.
 *   <li>{@code ENUM}: {@code string}, the label; the empty string for the invalid value 0. {@code SET}: {@code string},
 *       labels in definition order joined by commas. {@code JSON}: {@code string}, JSON text.
 *   <li>{@code GEOMETRY}: a record of {@code wkb}, {@code bytes} without MySQL's prefix, and {@code srid}, an optional {@code
 *       int} of which all 32 bits count. {@code VECTOR}: an array of {@code float}.
 *   <li>{@code UUID}: {@code string} of 36 characters. {@code INET}: {@code string}, an address as MariaDB writes it.
 * </ul>
 *
 * <p>DATE, DATETIME and TIMESTAMP are nullable in Avro even for NOT NULL columns: null then stands for a zero or partial
 * date (F53).
 */
public enum ColumnShape {
    INT16(""),
    INT32(""),
    INT64(""),
    DECIMAL("org.apache.kafka.connect.data.Decimal"),
    FLOAT32(""),
    FLOAT64(""),
    BOOLEAN(""),
    BITS("io.debezium.data.Bits"),
    STRING(""),
    BYTES(""),
    DATE("io.debezium.time.Date"),
    TIME_MICROS("io.debezium.time.MicroTime"),
    DATETIME_MILLIS("io.debezium.time.Timestamp"),
    DATETIME_MICROS("io.debezium.time.MicroTimestamp"),
    TIMESTAMP("io.debezium.time.ZonedTimestamp"),
    YEAR("io.debezium.time.Year"),
    ENUM("io.debezium.data.Enum"),
    SET("io.debezium.data.EnumSet"),
    JSON("io.debezium.data.Json"),
    GEOMETRY("io.debezium.data.geometry.Geometry"),
    VECTOR("io.debezium.data.FloatVector"),
    UUID("io.debezium.data.Uuid"),
    INET("");

    private final String semanticName;

    ColumnShape(String semanticName) {
        this.semanticName = semanticName;
    }

    /** The {@code connect.name} of the field's schema; empty where the plain Avro type says it all. */
    public String semanticName() {
        return semanticName;
    }

    /** Zero and partial dates have no value of their own, so these shapes are nullable whatever the column says. */
    public boolean alwaysNullable() {
        return switch (this) {
            case DATE, DATETIME_MILLIS, DATETIME_MICROS, TIMESTAMP -> true;
            default -> false;
        };
    }

    public static ColumnShape of(ColumnDefinition column) {
        ColumnType type = column.type();
        return switch (type.kind()) {
            case TINYINT -> INT16;
            case SMALLINT -> type.unsigned() ? INT32 : INT16;
            case MEDIUMINT -> INT32;
            case INT -> type.unsigned() ? INT64 : INT32;
            case BIGINT -> type.unsigned() ? DECIMAL : INT64;
            case DECIMAL -> DECIMAL;
            case FLOAT -> FLOAT32;
            case DOUBLE -> FLOAT64;
            case BIT -> type.length() <= 1 ? BOOLEAN : BITS;
            case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT -> STRING;
            case BINARY, VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> BYTES;
            case DATE -> DATE;
            case TIME -> TIME_MICROS;
            case DATETIME -> type.fractionDigits() <= 3 ? DATETIME_MILLIS : DATETIME_MICROS;
            case TIMESTAMP -> TIMESTAMP;
            case YEAR -> YEAR;
            case ENUM -> ENUM;
            case SET -> SET;
            case JSON -> JSON;
            case GEOMETRY -> GEOMETRY;
            case VECTOR -> VECTOR;
            case UUID -> UUID;
            case INET4, INET6 -> INET;
        };
    }

    /** DECIMAL: digits after the point. */
    public static int decimalScale(ColumnType type) {
        return type.scale() == ColumnType.NONE ? 0 : type.scale();
    }

    /** DECIMAL: digits in all. */
    public static int decimalPrecision(ColumnType type) {
        return switch (type.kind()) {
            case BIGINT -> 20;
            default -> type.length() == ColumnType.NONE ? 10 : type.length();
        };
    }
}
