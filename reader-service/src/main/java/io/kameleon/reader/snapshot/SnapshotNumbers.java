package io.kameleon.reader.snapshot;

import io.kameleon.schemas.wire.AvroOutput;

/** Integers of a result, in the width of their type code. */
final class SnapshotNumbers {
    private SnapshotNumbers() {}

    /** As Avro {@code int} or {@code long}, which are encoded alike. */
    static SnapshotColumn integer(int type, boolean unsigned) {
        return switch (type) {
            case ResultTypes.TINY ->
                (row, out, scratch) -> written(out, unsigned ? row.readUnsignedByte() : row.readByte());
            case ResultTypes.SHORT, ResultTypes.YEAR ->
                (row, out, scratch) -> written(out, unsigned ? row.readShort() & 0xFFFF : row.readShort());
            case ResultTypes.LONG, ResultTypes.INT24 ->
                (row, out, scratch) -> written(out, unsigned ? row.readInt() & 0xFFFF_FFFFL : row.readInt());
            default -> (row, out, scratch) -> written(out, row.readLong());
        };
    }

    private static boolean written(AvroOutput out, long value) {
        out.writeLong(value);
        return true;
    }

    /** Of an expression that was cast to a signed number. */
    static SnapshotColumn number(int type, LongWriter writer) {
        return (row, out, scratch) -> {
            writer.write(read(row, type), out);
            return true;
        };
    }

    /** A bit field as {@code width} little-endian bytes. */
    static SnapshotColumn bits(int type, int width) {
        return number(type, (value, out) -> {
            out.writeLong(width);
            for (int i = 0; i < width; i++) {
                out.writeRawByte((int) (value >>> 8 * i));
            }
        });
    }

    private static long read(PacketRow row, int type) {
        return switch (type) {
            case ResultTypes.TINY -> row.readByte();
            case ResultTypes.SHORT -> row.readShort();
            case ResultTypes.LONG -> row.readInt();
            default -> row.readLong();
        };
    }

    @FunctionalInterface
    interface LongWriter {
        void write(long value, AvroOutput out);
    }
}
