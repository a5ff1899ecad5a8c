package io.kameleon.replay.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A byte array that grows, written in PostgreSQL's binary format: big-endian numbers, values with an {@code int32} length
 * before them and -1 for null. One thread only; {@link #reset()} keeps the array.
 */
public final class PgBuffer {
    private byte[] buffer;
    private int size;

    public PgBuffer(int initialCapacity) {
        buffer = new byte[Math.max(initialCapacity, 16)];
    }

    public void reset() {
        size = 0;
    }

    public int size() {
        return size;
    }

    /** The live array; valid up to {@link #size()} until the next write. */
    public byte[] buffer() {
        return buffer;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** Takes back what was written after {@code newSize}: an encoder gives up a half-written row. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("cannot truncate " + size + " bytes to " + newSize);
        }
        size = newSize;
    }

    public void writeNull() {
        writeInt(-1);
    }

    /** Leaves room for a length and returns where the value starts; {@link #endValue} fills the length in. */
    public int beginValue() {
        writeInt(0);
        return size;
    }

    public void endValue(int start) {
        setInt(start - Integer.BYTES, size - start);
    }

    public void writeByte(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    public void writeShort(int value) {
        ensure(2);
        buffer[size++] = (byte) (value >>> 8);
        buffer[size++] = (byte) value;
    }

    public void writeInt(int value) {
        ensure(4);
        setInt(size, value);
        size += 4;
    }

    public void writeLong(long value) {
        writeInt((int) (value >>> 32));
        writeInt((int) value);
    }

    public void writeRaw(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, buffer, size, length);
        size += length;
    }

    /** A value of ASCII or other text, with its length. */
    public void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeInt(utf8.length);
        writeRaw(utf8, 0, utf8.length);
    }

    /** Overwrites four bytes written before. */
    public void setInt(int at, int value) {
        buffer[at] = (byte) (value >>> 24);
        buffer[at + 1] = (byte) (value >>> 16);
        buffer[at + 2] = (byte) (value >>> 8);
        buffer[at + 3] = (byte) value;
    }

    /** Overwrites two bytes written before. */
    public void setShort(int at, int value) {
        buffer[at] = (byte) (value >>> 8);
        buffer[at + 1] = (byte) value;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            int needed = Math.addExact(size, more);
            int doubled = (int) Math.min(buffer.length * 2L, Integer.MAX_VALUE - 8);
            buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
        }
    }
}
