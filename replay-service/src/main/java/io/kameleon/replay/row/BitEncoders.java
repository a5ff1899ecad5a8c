package io.kameleon.replay.row;

import io.kameleon.schemas.wire.AvroInput;

/** From BIT(1), an Avro {@code boolean}, and BIT(n), little-endian bytes (F55). */
final class BitEncoders {
    private BitEncoders() {}

    /**
     * @param typmod of the column: {@code bit(n)} has n here
     * @return null when the type cannot hold a bit
     */
    static ValueEncoder ofBoolean(PgType type, int typmod) {
        return switch (type) {
            case BOOL -> (in, out) -> writeBool(out, in.readBoolean());
            case BIT -> (in, out) -> writeBits(out, in.readBoolean() ? 1 : 0, Math.max(typmod, 1));
            case VARBIT -> (in, out) -> writeBits(out, in.readBoolean() ? 1 : 0, 1);
            case INT2 ->
                (in, out) -> {
                    out.writeInt(Short.BYTES);
                    out.writeShort(in.readBoolean() ? 1 : 0);
                };
            case INT4 ->
                (in, out) -> {
                    out.writeInt(Integer.BYTES);
                    out.writeInt(in.readBoolean() ? 1 : 0);
                };
            case INT8 -> (in, out) -> IntegerEncoders.writeInt8(out, in.readBoolean() ? 1 : 0);
            case NUMERIC -> {
                var numeric = new NumericWriter();
                yield (in, out) -> numeric.write(out, in.readBoolean() ? 1 : 0, 0);
            }
            case BYTEA -> (in, out) -> writeBigEndian(out, in.readBoolean() ? 1 : 0, 1);
            case TEXT -> (in, out) -> out.writeText(in.readBoolean() ? "1" : "0");
            default -> null;
        };
    }

    /**
     * @param bits   declared on the source, 2 to 64
     * @param typmod as above
     * @return null when the type cannot hold bits
     */
    static ValueEncoder ofBits(PgType type, int bits, int typmod, Place place) {
        return switch (type) {
            case BIT -> {
                int width = typmod > 0 ? typmod : 1;
                yield (in, out) -> writeBits(out, fitting(read(in, place), width, place), width);
            }
            case VARBIT -> (in, out) -> writeBits(out, fitting(read(in, place), bits, place), bits);
            case BOOL -> (in, out) -> writeBool(out, read(in, place) != 0);
            case INT2 -> (in, out) -> IntegerEncoders.writeInt2(out, fitting(read(in, place), 63, place), place);
            case INT4 -> (in, out) -> IntegerEncoders.writeInt4(out, fitting(read(in, place), 63, place), place);
            case INT8 -> (in, out) -> IntegerEncoders.writeInt8(out, fitting(read(in, place), 63, place));
            case NUMERIC -> {
                var numeric = new NumericWriter();
                yield (in, out) -> numeric.writeMagnitude(out, read(in, place), false, 0);
            }
            case BYTEA -> (in, out) -> writeBigEndian(out, read(in, place), (bits + 7) / 8);
            case TEXT -> (in, out) -> out.writeText(binaryDigits(read(in, place), bits));
            default -> null;
        };
    }

    static void writeBool(PgBuffer out, boolean value) {
        out.writeInt(1);
        out.writeByte(value ? 1 : 0);
    }

    /** The lowest {@code width} bits as {@code bit(width)}: most significant first, padded on the right. */
    private static void writeBits(PgBuffer out, long value, int width) {
        int bytes = (width + 7) / 8;
        int padding = bytes * 8 - width;
        out.writeInt(Integer.BYTES + bytes);
        out.writeInt(width);
        for (int i = bytes - 1; i >= 0; i--) {
            int shift = i * 8 - padding;
            long moved = shift >= 64 ? 0 : shift >= 0 ? value >>> shift : value << -shift;
            out.writeByte((int) moved);
        }
    }

    private static void writeBigEndian(PgBuffer out, long value, int bytes) {
        out.writeInt(bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            out.writeByte((int) (value >>> i * 8));
        }
    }

    private static long fitting(long value, int width, Place place) {
        if (width < 64 && value >>> width != 0) {
            throw place.outOfRange();
        }
        return value;
    }

    private static long read(AvroInput in, Place place) {
        int length = in.readLength();
        int at = in.skip(length);
        if (length > Long.BYTES) {
            throw place.malformed("A bit field has more than 64 bits");
        }
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | in.buffer()[at + i] & 0xFF;
        }
        return value;
    }

    private static String binaryDigits(long value, int bits) {
        String digits = Long.toBinaryString(value);
        return "0".repeat(Math.max(0, bits - digits.length())) + digits;
    }
}
