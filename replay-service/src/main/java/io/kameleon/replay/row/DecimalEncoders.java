package io.kameleon.replay.row;

import io.kameleon.schemas.wire.AvroInput;
import java.math.BigDecimal;
import java.math.BigInteger;

/** From Avro decimals: unscaled two's complement bytes. */
final class DecimalEncoders {
    private DecimalEncoders() {}

    /** @return null when the type cannot hold decimals of this scale */
    static ValueEncoder of(PgType type, int scale, Place place) {
        return switch (type) {
            case NUMERIC -> {
                var numeric = new NumericWriter();
                yield (in, out) -> {
                    int length = in.readLength();
                    numeric.write(out, in.buffer(), in.skip(length), length, scale);
                };
            }
            case FLOAT4 ->
                (in, out) -> FloatEncoders.writeFloat4(out, decimal(in, scale).floatValue());
            case FLOAT8 ->
                (in, out) -> FloatEncoders.writeFloat8(out, decimal(in, scale).doubleValue());
            case TEXT -> (in, out) -> out.writeText(decimal(in, scale).toPlainString());
            case INT2, INT4, INT8 -> scale == 0 ? integer(type, place) : null;
            default -> null;
        };
    }

    private static ValueEncoder integer(PgType type, Place place) {
        return switch (type) {
            case INT2 -> (in, out) -> IntegerEncoders.writeInt2(out, readLong(in, place), place);
            case INT4 -> (in, out) -> IntegerEncoders.writeInt4(out, readLong(in, place), place);
            default -> (in, out) -> IntegerEncoders.writeInt8(out, readLong(in, place));
        };
    }

    private static long readLong(AvroInput in, Place place) {
        int length = in.readLength();
        int at = in.skip(length);
        if (length > Long.BYTES) {
            throw place.outOfRange();
        }
        return NumericWriter.toLong(in.buffer(), at, length);
    }

    private static BigDecimal decimal(AvroInput in, int scale) {
        int length = in.readLength();
        int at = in.skip(length);
        BigInteger unscaled = length == 0 ? BigInteger.ZERO : new BigInteger(in.buffer(), at, length);
        return new BigDecimal(unscaled, scale);
    }
}
