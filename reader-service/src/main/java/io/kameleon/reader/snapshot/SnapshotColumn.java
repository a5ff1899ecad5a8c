package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.Decimals;
import io.kameleon.reader.value.Labels;
import io.kameleon.reader.value.TextDecoder;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.wire.AvroOutput;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Encodes one column of a result, selected as {@link SelectExpressions} says. */
@FunctionalInterface
interface SnapshotColumn {
    /**
     * Writes the value without a union branch.
     *
     * @param index of the column in the result, from 1
     * @return false when there is no value: null, or a zero date, which {@link ResultSet#wasNull()} tells apart. What was written
     *     then is of no use.
     */
    boolean encode(ResultSet row, int index, AvroOutput out, ValueScratch scratch) throws SQLException;

    static SnapshotColumn of(ColumnPlace place, ColumnDefinition column) {
        return switch (ColumnShape.of(column)) {
            case INT16, INT32, INT64, YEAR -> number((value, out) -> out.writeLong(value));
            case DECIMAL -> column.type().kind().isInteger() ? number(Decimals::writeUnsigned) : decimal(place, column);
            case FLOAT32 -> floating((value, out) -> out.writeFloat((float) value));
            case FLOAT64 -> floating((value, out) -> out.writeDouble(value));
            case BOOLEAN -> number((value, out) -> out.writeBoolean(value != 0));
            case BITS -> bits((column.type().length() + 7) / 8);
            case STRING -> text(TextDecoder.of(place, column));
            case BYTES -> SnapshotColumn::bytes;
            case JSON -> SnapshotColumn::json;
            case DATE, DATETIME_MILLIS, DATETIME_MICROS, TIMESTAMP, TIME_MICROS -> new SnapshotTemporal(place, column);
            case ENUM -> number(new Labels(place, column)::writeEnum);
            case SET -> number(new Labels(place, column)::writeSet);
        };
    }

    private static SnapshotColumn number(LongWriter writer) {
        return (row, index, out, scratch) -> {
            long value = row.getLong(index);
            if (value == 0 && row.wasNull()) {
                return false;
            }
            writer.write(value, out);
            return true;
        };
    }

    private static SnapshotColumn floating(DoubleWriter writer) {
        return (row, index, out, scratch) -> {
            double value = row.getDouble(index);
            if (value == 0 && row.wasNull()) {
                return false;
            }
            writer.write(value, out);
            return true;
        };
    }

    private static SnapshotColumn decimal(ColumnPlace place, ColumnDefinition column) {
        int scale = ColumnShape.decimalScale(column.type());
        return (row, index, out, scratch) -> {
            String text = row.getString(index);
            if (text == null) {
                return false;
            }
            if (!Decimals.writeText(text, scale, out, scratch)) {
                throw place.malformed("is not a decimal of scale " + scale);
            }
            return true;
        };
    }

    private static SnapshotColumn bits(int width) {
        return (row, index, out, scratch) -> {
            long value = row.getLong(index);
            if (value == 0 && row.wasNull()) {
                return false;
            }
            out.writeLong(width);
            for (int i = 0; i < width; i++) {
                out.writeRawByte((int) (value >>> 8 * i));
            }
            return true;
        };
    }

    private static SnapshotColumn text(TextDecoder charset) {
        return (row, index, out, scratch) -> {
            byte[] value = row.getBytes(index);
            if (value == null) {
                return false;
            }
            charset.write(value, 0, value.length, out, scratch);
            return true;
        };
    }

    private static boolean bytes(ResultSet row, int index, AvroOutput out, ValueScratch scratch) throws SQLException {
        byte[] value = row.getBytes(index);
        if (value == null) {
            return false;
        }
        out.writeBytes(value, 0, value.length);
        return true;
    }

    /** The driver gives JSON as a string only. */
    private static boolean json(ResultSet row, int index, AvroOutput out, ValueScratch scratch) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            return false;
        }
        out.writeString(value);
        return true;
    }

    @FunctionalInterface
    interface LongWriter {
        void write(long value, AvroOutput out);
    }

    @FunctionalInterface
    interface DoubleWriter {
        void write(double value, AvroOutput out);
    }
}
