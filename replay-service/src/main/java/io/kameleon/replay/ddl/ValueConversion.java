package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * Picks the conversion between two types of the source, which write no row events when ALTER TABLE converts the old rows
 * (F30). The rules are MySQL's outside strict mode, seen on MySQL 9.7: clamp, round, cut, zero. Strict mode refuses the
 * statement instead, so that the values that are left come out the same.
 */
final class ValueConversion {
    private static final Set<String> UTF8_CHARSETS = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");

    private ValueConversion() {}

    static Conversion of(ConvertedColumn column) {
        if (column.from().equals(column.to()) && column.keepsType()) {
            return Conversion.NONE;
        }
        if (isObject(column.from()) || isObject(column.to())) {
            return ofObjects(column);
        }
        Family from = column.fromFamily();
        Family to = column.toFamily();
        if (from == Family.BOOLEAN || to == Family.BOOLEAN) {
            return ofBoolean(column);
        }
        if (from == Family.BIT || to == Family.BIT) {
            return keepingNull(column, BitConversion.of(column));
        }
        if (from.isNumber() || to.isNumber()) {
            return keepingNull(column, NumberConversion.of(column));
        }
        if (isLabelled(column.from()) || isLabelled(column.to())) {
            return LabelConversion.of(column);
        }
        if (isMoment(from) || isMoment(to)) {
            return ofMoments(column);
        }
        return ofStrings(column);
    }

    /** {@code least} and {@code greatest} pass over a null. A plain cast is left alone: it may spare PostgreSQL the rewrite. */
    private static Conversion keepingNull(ConvertedColumn column, Conversion conversion) {
        if (!column.before().nullable() || conversion.equals(column.cast())) {
            return conversion;
        }
        return new Conversion(
                conversion.using().map(u -> "CASE WHEN " + column.name() + " IS NOT NULL THEN " + u + " END"),
                conversion.update(),
                conversion.resyncReason());
    }

    private static boolean isObject(ColumnType type) {
        return switch (type.kind()) {
            case GEOMETRY, VECTOR, UUID, INET4, INET6 -> true;
            default -> false;
        };
    }

    /** Types of their own: a value keeps its meaning within the type, and as text where both servers write the same. */
    private static Conversion ofObjects(ConvertedColumn column) {
        TypeKind from = column.from().kind();
        if (from == column.to().kind()) {
            return column.keepsType() ? Conversion.NONE : column.cast();
        }
        boolean text = column.toFamily().isText() && column.to().labels().isEmpty();
        if (text && from == TypeKind.UUID && column.fromFamily() == Family.UUID) {
            return Conversion.exact(column.name() + "::text::" + column.target());
        }
        if (text && from == TypeKind.INET4 && column.fromFamily() == Family.INET) {
            return Conversion.exact("host(" + column.name() + ")::" + column.target());
        }
        return lost(column);
    }

    private static boolean isLabelled(ColumnType type) {
        return type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET;
    }

    private static boolean isMoment(Family family) {
        return family.isCalendar() || family == Family.INTERVAL;
    }

    private static Conversion ofBoolean(ConvertedColumn column) {
        if (column.keepsType()) {
            return Conversion.NONE;
        }
        if (column.fromFamily().isNumber()) {
            return Conversion.exact(column.name() + " <> 0");
        }
        return lost(column);
    }

    private static Conversion ofMoments(ConvertedColumn column) {
        Family from = column.fromFamily();
        Family to = column.toFamily();
        if (from == to) {
            return ofFractions(column);
        }
        if (column.isBetween(Family.DATE, Family.TIMESTAMP)) {
            return column.cast();
        }
        if (column.isBetween(Family.TIMESTAMP, Family.DATE)) {
            return Conversion.exact(rounded(column.name(), Family.TIMESTAMP, 0) + "::date");
        }
        if (from.isCalendar() && to.isCalendar()) {
            return zoned(column);
        }
        if (isMoment(from) && to.isText()) {
            return Conversion.resync(column.name() + "::text::" + column.target(), reason(column));
        }
        return lost(column);
    }

    private static Conversion ofFractions(ConvertedColumn column) {
        if (column.keepsType()) {
            return Conversion.NONE;
        }
        int digits = column.afterType().length();
        boolean rounds = column.toFamily() != Family.INTERVAL
                && digits != PostgresType.NONE
                && digits < column.beforeType().length();
        return rounds
                ? Conversion.exact(rounded(column.name(), column.toFamily(), digits) + "::" + column.target())
                : column.cast();
    }

    /** Half a unit goes up, as on the source. PostgreSQL's own cast rounds away from the year 2000. */
    private static String rounded(String name, Family family, int digits) {
        String type = family == Family.TIMESTAMPTZ ? "timestamptz" : "timestamp";
        String unit = BigDecimal.ONE.scaleByPowerOfTen(-digits).toPlainString();
        String half = new BigDecimal("0.5").scaleByPowerOfTen(-digits).toPlainString();
        return "date_bin('" + unit + " s', " + name + " + interval '" + half + " s', " + type + " '2000-01-01')";
    }

    private static Conversion zoned(ConvertedColumn column) {
        String local = column.fromFamily() == Family.DATE ? column.name() + "::timestamp" : column.name();
        return Conversion.resync(
                "(" + local + " AT TIME ZONE 'UTC')::" + column.target(),
                "column '" + column.after().name() + "' was converted in the session's time zone");
    }

    private static Conversion ofStrings(ConvertedColumn column) {
        if (column.fromFamily().isText() && column.toFamily().isText()) {
            return ofTexts(column);
        }
        if (column.fromFamily() == Family.BYTEA && column.toFamily() == Family.BYTEA) {
            return ofBytes(column, column.name());
        }
        if (column.fromFamily().isText() && column.toFamily() == Family.BYTEA) {
            Conversion bytes = ofBytes(column, "convert_to(" + column.name() + ", 'UTF8')");
            return UTF8_CHARSETS.contains(column.from().charset())
                    ? bytes
                    : new Conversion(bytes.using(), bytes.update(), reason(column));
        }
        if (column.isBetween(Family.JSONB, Family.JSONB)) {
            return Conversion.NONE;
        }
        if (column.fromFamily() == Family.JSONB && column.toFamily().isText()) {
            return Conversion.resync(column.name() + "::text::" + column.target(), reason(column));
        }
        boolean sameName = column.fromFamily() == Family.OTHER && column.keepsType();
        return sameName ? Conversion.NONE : lost(column);
    }

    /** CHAR loses its trailing spaces. */
    private static Conversion ofTexts(ConvertedColumn column) {
        boolean strips = column.isKind(TypeKind.CHAR) && column.from().kind() != TypeKind.CHAR;
        if (strips) {
            return Conversion.exact("rtrim(" + column.name() + ", ' ')::" + column.target());
        }
        return column.keepsType() ? Conversion.NONE : column.cast();
    }

    /** BINARY(n) is padded with zero bytes and cut at n, VARBINARY(n) is cut (F6). */
    private static Conversion ofBytes(ConvertedColumn column, String bytes) {
        int length = column.to().length();
        boolean sized = column.isKind(TypeKind.BINARY) || column.isKind(TypeKind.VARBINARY);
        if (!sized || length == ColumnType.NONE) {
            return column.keepsType() ? Conversion.NONE : Conversion.exact(bytes);
        }
        int padded = TypeMapping.paddedBytes(column.to());
        if (padded > 0) {
            return Conversion.exact(
                    "substring(" + bytes + " || " + SqlText.literal(new byte[padded]) + ", 1, " + padded + ")");
        }
        boolean fits = column.keepsType()
                && column.from().length() != ColumnType.NONE
                && column.from().length() <= length;
        return fits ? Conversion.NONE : Conversion.exact("substring(" + bytes + ", 1, " + length + ")");
    }

    /** No rule: the old rows get a value of the right type until they are copied again. */
    static Conversion lost(ConvertedColumn column) {
        String value = column.after().nullable()
                ? "NULL"
                : ImplicitValue.ofNull(column.after(), column.afterType()).orElse(column.name() + "::text");
        return Conversion.resync("(" + value + ")::" + column.target(), reason(column));
    }

    static String reason(ConvertedColumn column) {
        return "column '" + column.after().name() + "' was converted from " + kinds(column.from()) + " to "
                + kinds(column.to());
    }

    private static String kinds(ColumnType type) {
        return List.of(TypeKind.ENUM, TypeKind.SET).contains(type.kind())
                ? type.kind().name()
                : type.declared();
    }
}
