package io.kameleon.schemas.wire;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads Avro binary from a byte array in place: the counterpart of {@link AvroOutput}. One thread only.
 *
 * <p>Bytes come from a topic, so nothing is trusted: whatever does not fit raises {@code RECORD_MALFORMED}, never an index out
 * of bounds.
 */
public final class AvroInput {
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] buffer = new byte[0];
    private int position;
    private int limit;

    /** Makes this input read {@code source[from, to)}; nothing is copied. */
    public AvroInput wrap(byte[] source, int from, int to) {
        requireNonNull(source, "source");
        if (from < 0 || to > source.length || from > to) {
            throw malformed("range " + from + ".." + to + " of " + source.length + " bytes");
        }
        buffer = source;
        position = from;
        limit = to;
        return this;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int position() {
        return position;
    }

    /** Goes back to a place that {@link #position()} gave. */
    public AvroInput rewind(int to) {
        position = to;
        return this;
    }

    public int remaining() {
        return limit - position;
    }

    public int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("an int holds " + value);
        }
        return (int) value;
    }

    public long readLong() {
        if (position < limit && buffer[position] >= 0) {
            int zigzag = buffer[position++];
            return (zigzag >>> 1) ^ -(zigzag & 1);
        }
        return readLongVarint();
    }

    private long readLongVarint() {
        byte[] source = buffer;
        int at = position;
        int end = Math.min(limit, at + VARINT_BYTES_MAX);
        long zigzag = 0;
        for (int shift = 0; at < end; shift += 7) {
            int b = source[at++];
            zigzag |= (b & 0x7FL) << shift;
            if (b >= 0) {
                position = at;
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw malformed(
                end == limit
                        ? "ends in the middle of a value"
                        : "a varint of more than " + VARINT_BYTES_MAX + " bytes");
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public float readFloat() {
        int at = skip(4);
        int bits = 0;
        for (int i = 3; i >= 0; i--) {
            bits = bits << 8 | buffer[at + i] & 0xFF;
        }
        return Float.intBitsToFloat(bits);
    }

    public double readDouble() {
        int at = skip(8);
        long bits = 0;
        for (int i = 7; i >= 0; i--) {
            bits = bits << 8 | buffer[at + i] & 0xFF;
        }
        return Double.longBitsToDouble(bits);
    }

    /** Reads the length of {@code bytes} or {@code string}; the content then starts at {@link #position()}. */
    public int readLength() {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw malformed("a length of " + length + " with " + remaining() + " bytes left");
        }
        return (int) length;
    }

    public byte[] readBytes() {
        int length = readLength();
        int at = skip(length);
        byte[] copy = new byte[length];
        System.arraycopy(buffer, at, copy, 0, length);
        return copy;
    }

    public String readString() {
        int length = readLength();
        return new String(buffer, skip(length), length, StandardCharsets.UTF_8);
    }

    /** Steps over {@code count} bytes and returns where they start. */
    public int skip(int count) {
        if (count < 0 || count > remaining()) {
            throw malformed("needs " + count + " bytes with " + remaining() + " left");
        }
        int at = position;
        position += count;
        return at;
    }

    /**
     * Reads how many items an array has; they follow in one block, as this project writes them, and behind them, unless there are
     * none, comes a zero.
     */
    public int readItems(int bytesEach) {
        long items = readLong();
        if (items < 0 || items > remaining() / bytesEach) {
            throw malformed("an array of " + items + " items with " + remaining() + " bytes left");
        }
        return (int) items;
    }

    /** Steps over an array of {@code float} as {@link #readItems} expects it. */
    public void skipFloats() {
        int items = readItems(Float.BYTES);
        skip(items * Float.BYTES);
        if (items > 0 && readLong() != 0) {
            throw malformed("an array goes on in a second block");
        }
    }

    private int readByte() {
        if (position >= limit) {
            throw malformed("ends in the middle of a value");
        }
        return buffer[position++];
    }

    private static ReplicationException malformed(String what) {
        return new ReplicationException(
                ErrorCode.RECORD_MALFORMED,
                "A record is not valid Avro: " + what,
                Map.of(),
                "Check what else writes to the topic.");
    }
}
