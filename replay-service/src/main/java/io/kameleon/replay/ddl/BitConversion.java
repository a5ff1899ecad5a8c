package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigInteger;
import java.util.Optional;

/** Conversions from and to BIT, which the source takes for an unsigned number. */
final class BitConversion {
    /** Bits that a bigint holds without its sign. */
    private static final int BIGINT_BITS = 63;

    private BitConversion() {}

    static Conversion of(ConvertedColumn column) {
        if (column.isBetween(Family.BIT, Family.BIT)) {
            return betweenBits(column);
        }
        if (column.fromFamily() == Family.BIT) {
            return fromBits(column);
        }
        return column.fromFamily().isInteger() || column.fromFamily() == Family.NUMERIC
                ? fromNumber(column)
                : ValueConversion.lost(column);
    }

    /** Wider: zeros in front, not behind as PostgreSQL's own cast puts them. Narrower: all ones when it does not fit. */
    private static Conversion betweenBits(ConvertedColumn column) {
        int from = column.beforeType().length();
        int to = column.afterType().length();
        if (from == to) {
            return Conversion.NONE;
        }
        if (from < to) {
            return Conversion.exact("(" + zeros(to - from) + " || " + column.name() + ")::" + column.target());
        }
        int cut = from - to;
        return Conversion.exact("CASE WHEN substring(" + column.name() + " from 1 for " + cut + ") <> " + zeros(cut)
                + " THEN " + ones(to) + " ELSE substring(" + column.name() + " from " + (cut + 1) + " for " + to + ")::"
                + column.target() + " END");
    }

    private static Conversion fromBits(ConvertedColumn column) {
        String number = number(column);
        if (column.toFamily().isText() && column.to().labels().isEmpty()) {
            return Conversion.exact(number + "::text::" + column.target());
        }
        Optional<NumberRange> range = NumberRange.of(column.to());
        boolean converts = column.toFamily().isNumber() && !column.isKind(TypeKind.YEAR);
        if (converts && range.isPresent()) {
            return Conversion.exact(range.get().clamp(number) + "::" + column.target());
        }
        return converts ? Conversion.exact(number + "::" + column.target()) : ValueConversion.lost(column);
    }

    /** As numeric: the 64th bit is no sign. */
    private static String number(ConvertedColumn column) {
        String signed = column.name() + "::bigint::numeric";
        if (column.beforeType().length() <= BIGINT_BITS) {
            return signed;
        }
        return "(" + signed + " + get_bit(" + column.name() + ", 0) * 18446744073709551616)";
    }

    private static Conversion fromNumber(ConvertedColumn column) {
        int width = column.afterType().length();
        boolean unsigned = column.from().unsigned();
        if (width > BIGINT_BITS - 1 || column.from().kind() == TypeKind.YEAR) {
            return ValueConversion.lost(column);
        }
        BigInteger max = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
        String using =
                "least(greatest(round(" + column.name() + "::numeric, 0), 0), " + max + ")::bigint::" + column.target();
        return unsigned ? Conversion.exact(using) : Conversion.resync(using, ValueConversion.reason(column));
    }

    private static String zeros(int width) {
        return DefaultWriter.bits(BigInteger.ZERO, width);
    }

    private static String ones(int width) {
        return DefaultWriter.bits(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE), width);
    }
}
