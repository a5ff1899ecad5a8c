package io.kameleon.schemas.wire;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The columns that the images of one row do not have, because a session of the source logged less than whole rows ({@code
 * binlog_row_image}): in the record their fields hold null or zero, which mean nothing.
 *
 * @param before numbers of the columns, from 0, that the image before lacks; empty when there is none of that image
 * @param after  likewise of the image after
 */
public record AbsentColumns(BitSet before, BitSet after) {
    public AbsentColumns {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
    }

    /** The header's value: for each image one bit per column, lowest bit first, filled up to whole bytes. */
    public byte[] toBytes(int columns) {
        int size = (columns + 7) / 8;
        byte[] bytes = new byte[2 * size];
        byte[] first = before.toByteArray();
        byte[] second = after.toByteArray();
        System.arraycopy(first, 0, bytes, 0, first.length);
        System.arraycopy(second, 0, bytes, size, second.length);
        return bytes;
    }

    /** @param bytes as {@link #toBytes} makes them */
    public static AbsentColumns of(byte[] bytes) {
        int size = bytes.length / 2;
        return new AbsentColumns(
                BitSet.valueOf(Arrays.copyOf(bytes, size)),
                BitSet.valueOf(Arrays.copyOfRange(bytes, size, bytes.length)));
    }
}
