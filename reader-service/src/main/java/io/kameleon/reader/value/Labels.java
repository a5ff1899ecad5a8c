package io.kameleon.reader.value;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.wire.AvroOutput;
import java.nio.charset.StandardCharsets;

/** Writes ENUM and SET values as their labels, from the numbers that the binlog and {@code CAST(c AS UNSIGNED)} give (F61). */
public final class Labels {
    private final byte[][] utf8;
    private final ColumnPlace place;

    public Labels(ColumnPlace place, ColumnDefinition column) {
        this.place = place;
        this.utf8 = column.type().labels().stream()
                .map(label -> label.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** @param index from 1; 0 is the invalid value and becomes the empty string */
    public void writeEnum(long index, AvroOutput out) {
        if (index == 0) {
            out.writeLong(0);
            return;
        }
        if (index < 0 || index > utf8.length) {
            throw place.mismatch("is an ENUM of " + utf8.length + " labels, but a row holds label number "
                    + Long.toUnsignedString(index));
        }
        byte[] label = utf8[(int) index - 1];
        out.writeBytes(label, 0, label.length);
    }

    /** @param mask bit 0 is the first label */
    public void writeSet(long mask, AvroOutput out) {
        if (utf8.length < Long.SIZE && mask >>> utf8.length != 0) {
            throw place.mismatch("is a SET of " + utf8.length + " labels, but a row holds label number "
                    + (Long.SIZE - Long.numberOfLeadingZeros(mask)));
        }
        out.writeLong(setLength(mask));
        boolean first = true;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            if (!first) {
                out.writeRawByte(',');
            }
            first = false;
            byte[] label = utf8[Long.numberOfTrailingZeros(rest)];
            out.writeRaw(label, 0, label.length);
        }
    }

    private long setLength(long mask) {
        long length = Math.max(Long.bitCount(mask) - 1, 0);
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            length += utf8[Long.numberOfTrailingZeros(rest)].length;
        }
        return length;
    }
}
