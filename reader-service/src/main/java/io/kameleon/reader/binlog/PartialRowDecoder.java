package io.kameleon.reader.binlog;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroInput;
import io.kameleon.schemas.wire.AvroOutput;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the rows of one event that lacks columns: a session set {@code binlog_row_image} to MINIMAL, NOBLOB or FULL_NODUP, or had
 * changes of JSON documents logged in place of the documents (F4).
 *
 * <p>What the image before has and the image after has not is taken over; an insert gets the value that the server gives a column
 * without a default. What then is still missing is marked in {@link RowImage#absent}, with a null or zero in its place. One event
 * and one thread only.
 */
final class PartialRowDecoder {
    /** Some of the JSON columns of the image after are logged as changes. */
    private static final int PARTIAL_JSON = 1;

    private static final int NONE = -1;

    private final RowDecoder decoder;
    private final byte[] buffer;
    private final int first;
    private final int second;
    private final boolean jsonChanges;
    private final boolean computedLogged;
    private boolean insert;

    /**
     * @param first       where the bitmap of the first image's columns is
     * @param second      likewise of the image after, for an update
     * @param jsonChanges an event of type PARTIAL_UPDATE_ROWS
     * @param computedLogged a generated column that changes with others is in the image. MariaDB 11.4 leaves out virtual ones where an image
     *     is not FULL; 11.8 leaves out all of an update, in FULL images too (both seen in their logs). MySQL logs them.
     */
    PartialRowDecoder(
            RowDecoder decoder, byte[] buffer, int first, int second, boolean jsonChanges, boolean computedLogged) {
        this.decoder = decoder;
        this.buffer = buffer;
        this.first = first;
        this.second = second;
        this.jsonChanges = jsonChanges;
        this.computedLogged = computedLogged;
    }

    void decode(BinlogInput in, RowImage image, ValueScratch scratch) {
        image.markPartial();
        insert = image.kind() == RowsKind.WRITE;
        RowImage.Side before = image.kind().hasBefore() ? image.beforeSide() : null;
        if (before != null) {
            decodeSide(in, before, first, NONE, null, scratch);
        }
        if (image.kind().hasAfter()) {
            int changes = jsonChanges && in.readPackedLength() == PARTIAL_JSON ? in.skip(jsonBytes()) : NONE;
            decodeSide(in, image.afterSide(), second, changes, before, scratch);
            requireGenerated(image.afterSide());
        }
    }

    private int jsonBytes() {
        long columns = decoder.table().columns().stream()
                .filter(column -> column.type().kind() == TypeKind.JSON)
                .count();
        return (int) (columns + 7) / 8;
    }

    /** @param before null, or the image before, already decoded */
    private void decodeSide(
            BinlogInput in, RowImage.Side side, int bitmap, int changes, RowImage.Side before, ValueScratch scratch) {
        int columns = decoder.columnCount();
        int present = 0;
        for (int i = 0; i < columns; i++) {
            present += bit(bitmap, i);
        }
        int nulls = in.skip((present + 7) >>> 3);
        int read = 0;
        int json = 0;
        for (int i = 0; i < columns; i++) {
            side.starts[i] = side.row.size();
            boolean changed = isJson(i) && changes != NONE && bit(changes, json) == 1;
            json += isJson(i) ? 1 : 0;
            if (bit(bitmap, i) == 0) {
                fillIn(i, side, before);
            } else if (bit(nulls, read++) == 1) {
                decoder.writeNull(i, side.row);
            } else if (changed) {
                changeJson(i, in, side, before);
            } else {
                decoder.decodeValue(i, in, side, scratch);
            }
        }
        side.starts[columns] = side.row.size();
        requireIdentity(side);
        decoder.writeKey(side);
    }

    private void requireIdentity(RowImage.Side side) {
        if (!decoder.hasKey() && !insert && !side.absent.isEmpty()) {
            throw decoder.lacks(side.absent.nextSetBit(0));
        }
        for (int column : decoder.identity()) {
            if (side.absent.get(column)) {
                throw decoder.lacks(column);
            }
        }
    }

    /** What the server computed from columns that changed is not known from them. */
    private void requireGenerated(RowImage.Side after) {
        after.absent.stream()
                .filter(i -> column(i).generated() && (insert || !computedLogged))
                .findFirst()
                .ifPresent(i -> {
                    throw decoder.lacks(i);
                });
    }

    private int bit(int bitmap, int index) {
        return buffer[bitmap + (index >>> 3)] >> (index & 7) & 1;
    }

    private boolean isJson(int column) {
        return column(column).type().kind() == TypeKind.JSON;
    }

    private ColumnDefinition column(int index) {
        return decoder.table().columns().get(index);
    }

    private void fillIn(int column, RowImage.Side side, RowImage.Side before) {
        AvroOutput out = side.row;
        if (before != null && !before.absent.get(column)) {
            int from = before.starts[column];
            out.writeRaw(before.row.buffer(), from, before.starts[column + 1] - from);
        } else if (insert && isImplicit(column)) {
            writeImplicit(column, out);
        } else {
            side.absent.set(column);
            writeNothing(column, out);
        }
    }

    private boolean isImplicit(int index) {
        ColumnDefinition column = column(index);
        return column.defaultValue() == null && !column.generated() && !column.autoIncrement();
    }

    private void writeImplicit(int index, AvroOutput out) {
        ColumnDefinition column = column(index);
        if (decoder.isOptional(index)) {
            out.writeBranch(0); // null, or the zero date of a NOT NULL column
            return;
        }
        switch (column.type().kind()) {
            case ENUM -> out.writeString(column.type().labels().get(0));
            case JSON -> out.writeString("null");
            case BINARY -> {
                byte[] zeros = new byte[Math.max(column.type().length(), 1)];
                out.writeBytes(zeros, 0, zeros.length);
            }
            default -> writeNothing(index, out);
        }
    }

    /** The shortest value that the field's schema takes. */
    private void writeNothing(int index, AvroOutput out) {
        if (decoder.isOptional(index)) {
            out.writeBranch(0);
            return;
        }
        int zeros =
                switch (ColumnShape.of(column(index))) {
                    case FLOAT32 -> Float.BYTES;
                    case FLOAT64 -> Double.BYTES;
                    case GEOMETRY -> 2;
                    default -> 1;
                };
        for (int i = 0; i < zeros; i++) {
            out.writeRawByte(0);
        }
    }

    private void changeJson(int index, BinlogInput in, RowImage.Side side, RowImage.Side before) {
        if (before == null || before.absent.get(index)) {
            throw decoder.lacks(index);
        }
        var place = new ColumnPlace(decoder.table().id(), column(index).name());
        String changed = new JsonDiffs(place).apply(text(index, before), in);
        decoder.writeValueBranch(index, side.row);
        side.row.writeString(changed);
    }

    private String text(int index, RowImage.Side before) {
        var value = new AvroInput().wrap(before.row.buffer(), before.starts[index], before.starts[index + 1]);
        if (decoder.isOptional(index) && value.readLong() == 0) {
            throw decoder.lacks(index);
        }
        return new String(value.readBytes(), StandardCharsets.UTF_8);
    }
}
