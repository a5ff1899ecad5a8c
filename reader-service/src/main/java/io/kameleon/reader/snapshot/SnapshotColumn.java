package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.Decimals;
import io.kameleon.reader.value.FixedBinary;
import io.kameleon.reader.value.Geometries;
import io.kameleon.reader.value.Labels;
import io.kameleon.reader.value.TextDecoder;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.reader.value.Vectors;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.wire.AvroOutput;

/** Encodes one column's values that are not null, selected as {@link SelectExpressions} says. Made once per result. */
@FunctionalInterface
interface SnapshotColumn {
    /**
     * Reads one value and writes it without a union branch.
     *
     * @return false when there is no value: a zero, partial or impossible date. What was written then is of no use.
     */
    boolean encode(PacketRow row, AvroOutput out, ValueScratch scratch);

    /** @param type code of the column in the result, which {@link ResultTypes} has checked */
    static SnapshotColumn of(ColumnPlace place, ColumnDefinition column, int type) {
        return switch (ColumnShape.of(column)) {
            case INT16, INT32, INT64 ->
                SnapshotNumbers.integer(type, column.type().unsigned());
            case YEAR -> SnapshotNumbers.integer(type, true);
            case DECIMAL -> column.type().kind().isInteger() ? SnapshotColumn::unsignedBigint : decimal(place, column);
            case FLOAT32 -> floating(Float.BYTES);
            case FLOAT64 -> floating(Double.BYTES);
            case BOOLEAN -> SnapshotNumbers.number(type, (value, out) -> out.writeBoolean(value != 0));
            case BITS -> SnapshotNumbers.bits(type, (column.type().length() + 7) / 8);
            case STRING -> text(TextDecoder.of(place, column));
            case BYTES, JSON -> SnapshotColumn::bytes;
            case DATE, DATETIME_MILLIS, DATETIME_MICROS, TIMESTAMP -> new SnapshotDates(place, column);
            case TIME_MICROS -> new SnapshotTimes(place);
            case ENUM -> SnapshotNumbers.number(type, new Labels(place, column)::writeEnum);
            case SET -> SnapshotNumbers.number(type, new Labels(place, column)::writeSet);
            case GEOMETRY -> geometry(place);
            case VECTOR -> vector(place);
            case UUID, INET -> fixed(place, FixedBinary.of(column.type().kind()));
        };
    }

    private static boolean unsignedBigint(PacketRow row, AvroOutput out, ValueScratch scratch) {
        Decimals.writeUnsigned(row.readLong(), out);
        return true;
    }

    /** The protocol's bytes are Avro's. */
    private static SnapshotColumn floating(int width) {
        return (row, out, scratch) -> {
            out.writeRaw(row.buffer(), row.skip(width), width);
            return true;
        };
    }

    private static SnapshotColumn decimal(ColumnPlace place, ColumnDefinition column) {
        int scale = ColumnShape.decimalScale(column.type());
        return (row, out, scratch) -> {
            int length = row.readLength();
            if (!Decimals.writeText(row.buffer(), row.skip(length), length, scale, out, scratch)) {
                throw place.malformed("is not a decimal of scale " + scale);
            }
            return true;
        };
    }

    private static SnapshotColumn text(TextDecoder charset) {
        return (row, out, scratch) -> {
            int length = row.readLength();
            charset.write(row.buffer(), row.skip(length), length, out, scratch);
            return true;
        };
    }

    private static SnapshotColumn geometry(ColumnPlace place) {
        return (row, out, scratch) -> {
            int length = row.readLength();
            if (!Geometries.write(row.buffer(), row.skip(length), length, out)) {
                throw place.malformed("has only " + length + " bytes, which is no geometry");
            }
            return true;
        };
    }

    private static SnapshotColumn vector(ColumnPlace place) {
        return (row, out, scratch) -> {
            int length = row.readLength();
            if (!Vectors.write(row.buffer(), row.skip(length), length, out)) {
                throw place.malformed("has " + length + " bytes, which is no vector");
            }
            return true;
        };
    }

    private static SnapshotColumn fixed(ColumnPlace place, FixedBinary type) {
        return (row, out, scratch) -> {
            int length = row.readLength();
            if (!type.write(row.buffer(), row.skip(length), length, out, scratch)) {
                throw place.malformed("has " + length + " bytes in a column of " + type.width());
            }
            return true;
        };
    }

    private static boolean bytes(PacketRow row, AvroOutput out, ValueScratch scratch) {
        int length = row.readLength();
        out.writeBytes(row.buffer(), row.skip(length), length);
        return true;
    }
}
