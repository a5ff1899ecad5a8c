package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.table.TypeKind;
import java.util.Optional;

/** Conversions from and to integers, decimals, floating point numbers and years. */
final class NumberConversion {
    /** What MySQL reads of a text as a number: its beginning. The exponent is bounded so that no numeric overflows. */
    private static final String NUMBER_PREFIX = "^\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?)";

    private static final String REAL_MAX = "3.4028234e38";
    /** Half of the least number of type real: less than that rounds to 0, which a cast refuses. */
    private static final String REAL_TINY = "7.1e-46";

    private static final String DOUBLE_MAX = "1.797693134862315e308";
    /** Digits after the point with which every numeric has a double that is not refused as too small. */
    private static final int DOUBLE_SCALE_MAX = 320;

    private NumberConversion() {}

    static Conversion of(ConvertedColumn column) {
        if (column.toFamily().isNumber()) {
            return toNumber(column);
        }
        return column.toFamily().isText() && column.to().labels().isEmpty()
                ? toText(column)
                : ValueConversion.lost(column);
    }

    private static Conversion toNumber(ConvertedColumn column) {
        Family from = column.fromFamily();
        boolean year = column.isKind(TypeKind.YEAR) && column.from().kind() != TypeKind.YEAR;
        if (year || isLabelled(column)) {
            return ValueConversion.lost(column);
        }
        if (from.isText()) {
            return fromNumeric(column, textAsNumeric(column.name()));
        }
        if (!from.isNumber()) {
            return ValueConversion.lost(column);
        }
        if (from.isFloat()) {
            return fromFloat(column);
        }
        Optional<NumberRange> before = NumberRange.of(column.from());
        Optional<NumberRange> after = NumberRange.of(column.to());
        if (before.isPresent() && after.isPresent() && after.get().contains(before.get())) {
            return column.keepsType() ? Conversion.NONE : column.cast();
        }
        return fromNumeric(column, column.name() + "::numeric");
    }

    private static boolean isLabelled(ConvertedColumn column) {
        return !column.from().labels().isEmpty();
    }

    /** MySQL rounds floating point numbers to the nearest even integer, but to the nearest decimal away from zero. */
    private static Conversion fromFloat(ConvertedColumn column) {
        if (column.toFamily().isFloat()) {
            return betweenFloats(column);
        }
        String number = column.name() + "::double precision";
        boolean integer = column.toFamily().isInteger() || column.to().kind().isInteger();
        return fromNumeric(column, (integer ? "round(" + number + ")" : "(" + number + ")") + "::text::numeric");
    }

    private static Conversion betweenFloats(ConvertedColumn column) {
        boolean loses = column.to().unsigned() && !column.from().unsigned();
        String number = loses ? "greatest(" + column.name() + ", 0)" : column.name();
        if (column.isBetween(Family.DOUBLE, Family.REAL)) {
            return Conversion.exact(real(number));
        }
        boolean digits =
                column.to().scale() >= 0 && column.to().scale() != column.from().scale();
        if (digits) {
            return Conversion.resync(number + "::" + column.target(), ValueConversion.reason(column));
        }
        return column.keepsType() && !loses ? Conversion.NONE : Conversion.exact(number + "::" + column.target());
    }

    private static String real(String number) {
        return "(CASE WHEN abs(" + number + ") < " + REAL_TINY + " THEN 0 ELSE least(greatest(" + number + ", -"
                + REAL_MAX + "), " + REAL_MAX + ") END)::real";
    }

    private static Conversion fromNumeric(ConvertedColumn column, String numeric) {
        if (column.toFamily().isFloat()) {
            String bounded = "least(greatest(round(" + numeric + ", " + DOUBLE_SCALE_MAX + "), "
                    + (column.to().unsigned() ? "0" : "-" + DOUBLE_MAX) + "), " + DOUBLE_MAX + ")::double precision";
            return Conversion.exact(column.toFamily() == Family.REAL ? real(bounded) : bounded);
        }
        Optional<NumberRange> range = NumberRange.of(column.to());
        return range.map(r -> Conversion.exact(r.clamp(numeric) + "::" + column.target()))
                .orElseGet(() -> ValueConversion.lost(column));
    }

    private static String textAsNumeric(String name) {
        return "coalesce(substring(" + name + " from " + SqlText.literal(NUMBER_PREFIX) + "), '0')::numeric";
    }

    private static Conversion toText(ConvertedColumn column) {
        if (column.from().kind() == TypeKind.YEAR) {
            return Conversion.exact("lpad(" + column.name() + "::text, 4, '0')::" + column.target());
        }
        String using = column.name() + "::text::" + column.target();
        boolean sameText = !column.fromFamily().isFloat() && !column.isZerofill();
        return sameText ? Conversion.exact(using) : Conversion.resync(using, ValueConversion.reason(column));
    }
}
