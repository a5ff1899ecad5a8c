package io.kameleon.reader.binlog;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Map;

/**
 * Reads an event's body in place. Every read is checked: bytes that end too early raise BINLOG_CORRUPT. One thread only.
 *
 * <p>{@code LE} is little-endian (integers of the server), {@code BE} big-endian (its sortable formats).
 */
final class BinlogInput {
    private byte[] buffer = new byte[0];
    private int position;
    private int limit;

    BinlogInput wrap(byte[] source, int from, int to) {
        if (from < 0 || to > source.length || from > to) {
            throw corrupt("a part from byte " + from + " to " + to + " of " + source.length);
        }
        buffer = source;
        position = from;
        limit = to;
        return this;
    }

    byte[] buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    /** Goes back to a place that {@link #position()} gave. */
    void rewind(int to) {
        position = to;
    }

    int remaining() {
        return limit - position;
    }

    /** Steps over {@code count} bytes and returns where they start. */
    int skip(int count) {
        if (count < 0 || count > limit - position) {
            throw corrupt(count + " bytes where " + (limit - position) + " are left");
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

    /** @param width 1 to 8; of 8 bytes all 64 bits */
    long readUnsignedLE(int width) {
        int at = skip(width);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | buffer[at + i] & 0xFF;
        }
        return value;
    }

    int readUnsigned16LE() {
        int at = skip(2);
        return buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8;
    }

    int readUnsigned24LE() {
        int at = skip(3);
        return buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
    }

    int read32LE() {
        int at = skip(4);
        return buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16 | buffer[at + 3] << 24;
    }

    long read64LE() {
        long low = read32LE() & 0xFFFF_FFFFL;
        return low | (long) read32LE() << 32;
    }

    /** @param width 0 to 8; of 8 bytes all 64 bits */
    long readUnsignedBE(int width) {
        int at = skip(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | buffer[at + i] & 0xFF;
        }
        return value;
    }

    /** The server's packed integer: one byte below 251, else 2, 3 or 8 more bytes. */
    int readPackedLength() {
        int first = readUnsignedByte();
        long value =
                switch (first) {
                    case 252 -> readUnsigned16LE();
                    case 253 -> readUnsigned24LE();
                    case 254 -> read64LE();
                    case 251, 255 -> throw corrupt("a packed integer that starts with " + first);
                    default -> first;
                };
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw corrupt("a length of " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    static ReplicationException corrupt(String what) {
        return new ReplicationException(
                ErrorCode.BINLOG_CORRUPT,
                "A binlog event does not follow its format: it has " + what,
                Map.of(),
                "Check the binlog file on the source with 'mysqlbinlog --verify-binlog-checksum'.");
    }
}
