package io.kameleon.reader.snapshot;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Map;

/**
 * Reads a row of the binary protocol in place: a bitmap of the columns that are null, then the values of the others. Every read is
 * checked: a row that ends too early raises INTERNAL. One thread only.
 */
final class PacketRow {
    /** Of the bitmap, the first bits are not used. */
    private static final int NULL_BITS_OFFSET = 2;

    private byte[] buffer = {};
    private int nulls;
    private int position;
    private int limit;

    /** Begins with the row of {@code columns} columns in {@code source[from, to)}; nothing is copied. */
    void wrap(byte[] source, int from, int to, int columns) {
        buffer = source;
        nulls = from;
        position = from;
        limit = to;
        skip((columns + NULL_BITS_OFFSET + 7) >>> 3);
    }

    /** @param column from 0 */
    boolean isNull(int column) {
        int bit = column + NULL_BITS_OFFSET;
        return (buffer[nulls + (bit >>> 3)] >>> (bit & 7) & 1) != 0;
    }

    /** True when nothing is left of the row. */
    boolean isAtEnd() {
        return position == limit;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Steps over {@code count} bytes and returns where they start. */
    int skip(int count) {
        if (count < 0 || count > limit - position) {
            throw tooShort();
        }
        int at = position;
        position += count;
        return at;
    }

    int readByte() {
        return buffer[skip(1)];
    }

    int readUnsignedByte() {
        return buffer[skip(1)] & 0xFF;
    }

    int readShort() {
        int at = skip(2);
        return (short) (buffer[at] & 0xFF | buffer[at + 1] << 8);
    }

    int readInt() {
        return intAt(skip(4));
    }

    long readLong() {
        int at = skip(8);
        return intAt(at) & 0xFFFF_FFFFL | (long) intAt(at + 4) << 32;
    }

    /** The length before a string; the string then starts at the next {@link #skip}. */
    int readLength() {
        int first = readUnsignedByte();
        return switch (first) {
            case 0xFC -> readShort() & 0xFFFF;
            case 0xFD -> {
                int at = skip(3);
                yield buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
            }
            case 0xFE -> {
                long length = readLong();
                if (length < 0 || length > limit - position) {
                    throw tooShort();
                }
                yield (int) length;
            }
            default -> first;
        };
    }

    private int intAt(int at) {
        return buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16 | buffer[at + 3] << 24;
    }

    private static ReplicationException tooShort() {
        return new ReplicationException(
                ErrorCode.INTERNAL,
                "A row of a result ends too early",
                Map.of(),
                "Look for something between this host and the server that changes what they send.");
    }
}
