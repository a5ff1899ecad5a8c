package io.kameleon.replay.type;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column's type on the destination: what a DDL statement writes, and what kind of values it takes.
 *
 * @param family how defaults, conversions and index expressions treat the type
 * @param text   as PostgreSQL reads it, e.g. {@code numeric(20)}; empty for {@link Family#ENUM}, whose type is made per
 *               column and named by the DDL writer
 * @param length characters, bits, fraction digits or precision, as in {@code text}; {@link #NONE} without one
 * @param scale  digits after the point of a numeric; {@link #NONE} for other types
 * @param labels ENUM: the labels of the native type, in order, the empty label of MySQL's invalid value 0 included.
 *               CHECKED_TEXT: the values that the check constraint allows, likewise. Otherwise empty
 */
public record PostgresType(Family family, String text, int length, int scale, List<String> labels) {
    /** Stands for a length or scale that the type does not have. */
    public static final int NONE = -1;

    private static final Pattern SIZED = Pattern.compile("([a-z ]+?)\\s*\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)(.*)");

    public PostgresType {
        requireNonNull(family, "family");
        requireNonNull(text, "text");
        labels = List.copyOf(labels);
    }

    /** What a type's values have in common. */
    public enum Family {
        BOOLEAN,
        SMALLINT,
        INTEGER,
        BIGINT,
        NUMERIC,
        REAL,
        DOUBLE,
        BIT,
        VARCHAR,
        TEXT,
        /** {@code text} with a check constraint: an ENUM that a native type cannot hold. */
        CHECKED_TEXT,
        BYTEA,
        DATE,
        TIMESTAMP,
        TIMESTAMPTZ,
        INTERVAL,
        TEXT_ARRAY,
        JSONB,
        UUID,
        INET,
        /** PostGIS's {@code geometry}. */
        GEOMETRY,
        /** {@code real[]} or pgvector's {@code vector}. */
        VECTOR,
        /** A native enum type of this column alone. */
        ENUM,
        /** Named by a {@code type_override} and known to PostgreSQL only. */
        OTHER;

        public boolean isInteger() {
            return this == SMALLINT || this == INTEGER || this == BIGINT;
        }

        /** Integers, numeric and floating point. */
        public boolean isNumber() {
            return isInteger() || this == NUMERIC || isFloat();
        }

        public boolean isFloat() {
            return this == REAL || this == DOUBLE;
        }

        public boolean isText() {
            return this == VARCHAR || this == TEXT || this == CHECKED_TEXT;
        }

        /** Types in which a zero date of the source has no value of its own (F53). */
        public boolean isCalendar() {
            return this == DATE || this == TIMESTAMP || this == TIMESTAMPTZ;
        }
    }

    static PostgresType plain(Family family, String text) {
        return new PostgresType(family, text, NONE, NONE, List.of());
    }

    static PostgresType sized(Family family, String name, int length) {
        return new PostgresType(family, name + "(" + length + ")", length, NONE, List.of());
    }

    static PostgresType numeric(int precision, int scale) {
        String text = scale == 0 ? "numeric(" + precision + ")" : "numeric(" + precision + "," + scale + ")";
        return new PostgresType(Family.NUMERIC, text, precision, scale, List.of());
    }

    static PostgresType nativeEnum(List<String> labels) {
        return new PostgresType(Family.ENUM, "", NONE, NONE, labels);
    }

    static PostgresType checkedText(List<String> labels) {
        return new PostgresType(Family.CHECKED_TEXT, "text", NONE, NONE, labels);
    }

    /** The type that a {@code type_override} names; {@link Family#OTHER} with the text as given when it is not a known one. */
    static PostgresType named(String name) {
        String text = name.trim();
        String lower = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Matcher sized = SIZED.matcher(lower);
        if (!sized.matches()) {
            return plain(family(lower), text);
        }
        int length = Integer.parseInt(sized.group(2));
        Family family = family((sized.group(1) + sized.group(4)).trim());
        if (family == Family.NUMERIC) {
            return numeric(length, sized.group(3) == null ? 0 : Integer.parseInt(sized.group(3)));
        }
        return new PostgresType(family, text, length, NONE, List.of());
    }

    private static Family family(String name) {
        return switch (name) {
            case "boolean", "bool" -> Family.BOOLEAN;
            case "smallint", "int2" -> Family.SMALLINT;
            case "integer", "int", "int4" -> Family.INTEGER;
            case "bigint", "int8" -> Family.BIGINT;
            case "numeric", "decimal" -> Family.NUMERIC;
            case "real", "float4" -> Family.REAL;
            case "double precision", "float8", "float" -> Family.DOUBLE;
            case "bit" -> Family.BIT;
            case "character varying", "varchar", "character", "char", "bpchar" -> Family.VARCHAR;
            case "text" -> Family.TEXT;
            case "bytea" -> Family.BYTEA;
            case "date" -> Family.DATE;
            case "timestamp", "timestamp without time zone" -> Family.TIMESTAMP;
            case "timestamptz", "timestamp with time zone" -> Family.TIMESTAMPTZ;
            case "interval" -> Family.INTERVAL;
            case "text[]" -> Family.TEXT_ARRAY;
            case "jsonb" -> Family.JSONB;
            case "uuid" -> Family.UUID;
            case "inet" -> Family.INET;
            case "real[]", "float4[]" -> Family.VECTOR;
            default -> Family.OTHER;
        };
    }
}
