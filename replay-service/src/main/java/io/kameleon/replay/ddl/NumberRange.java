package io.kameleon.replay.ddl;

import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** The least and the greatest value of an exact number type of the source, and its digits after the point. */
record NumberRange(BigDecimal min, BigDecimal max, int scale) {
    /** Empty for floating point and for types that are no numbers. */
    static Optional<NumberRange> of(ColumnType type) {
        return switch (type.kind()) {
            case TINYINT -> Optional.of(integer(8, type.unsigned()));
            case SMALLINT -> Optional.of(integer(16, type.unsigned()));
            case MEDIUMINT -> Optional.of(integer(24, type.unsigned()));
            case INT -> Optional.of(integer(32, type.unsigned()));
            case BIGINT -> Optional.of(integer(64, type.unsigned()));
            case BIT -> Optional.of(integer(Math.max(type.length(), 1), true));
            case YEAR -> Optional.of(new NumberRange(BigDecimal.ZERO, BigDecimal.valueOf(2155), 0));
            case DECIMAL -> Optional.of(decimal(type));
            default -> Optional.empty();
        };
    }

    private static NumberRange integer(int bits, boolean unsigned) {
        BigInteger size = BigInteger.ONE.shiftLeft(unsigned ? bits : bits - 1);
        return new NumberRange(
                unsigned ? BigDecimal.ZERO : new BigDecimal(size.negate()),
                new BigDecimal(size.subtract(BigInteger.ONE)),
                0);
    }

    private static NumberRange decimal(ColumnType type) {
        int scale = ColumnShape.decimalScale(type);
        BigInteger digits =
                BigInteger.TEN.pow(ColumnShape.decimalPrecision(type)).subtract(BigInteger.ONE);
        BigDecimal max = new BigDecimal(digits, scale);
        return new NumberRange(type.unsigned() ? BigDecimal.ZERO : max.negate(), max, scale);
    }

    /** Every value of the other is one of this. */
    boolean contains(NumberRange other) {
        return min.compareTo(other.min) <= 0 && max.compareTo(other.max) >= 0 && scale >= other.scale;
    }

    /** The number rounded half away from zero and kept within the range: never fails in a cast to this type. */
    String clamp(String numeric) {
        return "least(greatest(round(" + numeric + ", " + scale + "), " + min.toPlainString() + "), "
                + max.toPlainString() + ")";
    }
}
