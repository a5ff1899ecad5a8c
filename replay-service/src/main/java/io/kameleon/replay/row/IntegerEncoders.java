package io.kameleon.replay.row;

/** From Avro {@code int} and {@code long}. */
final class IntegerEncoders {
    private IntegerEncoders() {}

    /** @return null when the type cannot hold integers */
    static ValueEncoder of(PgType type, Place place) {
        return switch (type) {
            case INT2 -> (in, out) -> writeInt2(out, in.readLong(), place);
            case INT4 -> (in, out) -> writeInt4(out, in.readLong(), place);
            case INT8 -> (in, out) -> writeInt8(out, in.readLong());
            case NUMERIC -> {
                var numeric = new NumericWriter();
                yield (in, out) -> numeric.write(out, in.readLong(), 0);
            }
            case FLOAT4 -> (in, out) -> FloatEncoders.writeFloat4(out, in.readLong());
            case FLOAT8 -> (in, out) -> FloatEncoders.writeFloat8(out, in.readLong());
            case BOOL -> (in, out) -> BitEncoders.writeBool(out, in.readLong() != 0);
            case TEXT -> (in, out) -> out.writeText(Long.toString(in.readLong()));
            default -> null;
        };
    }

    static void writeInt2(PgBuffer out, long value, Place place) {
        if (value != (short) value) {
            throw place.outOfRange();
        }
        out.writeInt(Short.BYTES);
        out.writeShort((int) value);
    }

    static void writeInt4(PgBuffer out, long value, Place place) {
        if (value != (int) value) {
            throw place.outOfRange();
        }
        out.writeInt(Integer.BYTES);
        out.writeInt((int) value);
    }

    static void writeInt8(PgBuffer out, long value) {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }
}
