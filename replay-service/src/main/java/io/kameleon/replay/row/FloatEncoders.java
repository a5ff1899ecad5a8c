package io.kameleon.replay.row;

import java.math.BigDecimal;

/** From Avro {@code float} and {@code double}. */
final class FloatEncoders {
    private FloatEncoders() {}

    /** @return null when the type cannot hold floating-point numbers */
    static ValueEncoder ofFloat(PgType type, Place place) {
        return switch (type) {
            case FLOAT4 -> (in, out) -> writeFloat4(out, in.readFloat());
            case FLOAT8 -> (in, out) -> writeFloat8(out, in.readFloat());
            case NUMERIC -> {
                var numeric = new NumericWriter();
                yield (in, out) -> writeNumeric(out, Float.toString(in.readFloat()), numeric, place);
            }
            case TEXT -> (in, out) -> out.writeText(readable(Float.toString(in.readFloat())));
            default -> null;
        };
    }

    /** @return null when the type cannot hold floating-point numbers */
    static ValueEncoder ofDouble(PgType type, Place place) {
        return switch (type) {
            case FLOAT4 -> (in, out) -> writeNarrowed(out, in.readDouble(), place);
            case FLOAT8 -> (in, out) -> writeFloat8(out, in.readDouble());
            case NUMERIC -> {
                var numeric = new NumericWriter();
                yield (in, out) -> writeNumeric(out, Double.toString(in.readDouble()), numeric, place);
            }
            case TEXT -> (in, out) -> out.writeText(readable(Double.toString(in.readDouble())));
            default -> null;
        };
    }

    static void writeFloat4(PgBuffer out, float value) {
        out.writeInt(Float.BYTES);
        out.writeInt(Float.floatToRawIntBits(value));
    }

    static void writeFloat8(PgBuffer out, double value) {
        out.writeInt(Double.BYTES);
        out.writeLong(Double.doubleToRawLongBits(value));
    }

    private static void writeNarrowed(PgBuffer out, double value, Place place) {
        float narrowed = (float) value;
        if (Float.isInfinite(narrowed) && !Double.isInfinite(value)) {
            throw place.outOfRange();
        }
        writeFloat4(out, narrowed);
    }

    private static void writeNumeric(PgBuffer out, String shortest, NumericWriter numeric, Place place) {
        if (shortest.endsWith("y") || shortest.equals("NaN")) {
            throw place.outOfRange();
        }
        BigDecimal value = new BigDecimal(readable(shortest));
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        numeric.write(out, plain.unscaledValue(), plain.scale());
    }

    /** Without the {@code .0} that Java puts behind whole numbers. */
    static String readable(String shortest) {
        return shortest.endsWith(".0") ? shortest.substring(0, shortest.length() - 2) : shortest.replace(".0E", "E");
    }
}
