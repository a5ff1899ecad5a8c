package io.kameleon.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes Avro binary into a byte array that grows: what the binlog decoder encodes row images into, without an object per
 * value. One thread only; {@link #reset()} makes it ready for the next record and keeps the array.
 *
 * <p>Encoding: Avro 1.12 specification, "Binary Encoding": zigzag varints, little-endian floats, length-prefixed bytes.
 */
public final class AvroOutput {
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer;
    private int size;

    public AvroOutput(int initialCapacity) {
        buffer = new byte[initialCapacity];
    }

    public void reset() {
        size = 0;
    }

    /** Bytes written since the last reset. */
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

    public void writeInt(int value) {
        writeLong(value);
    }

    public void writeLong(long value) {
        ensure(10);
        long zigzag = (value << 1) ^ (value >> 63);
        byte[] target = buffer;
        int at = size;
        while ((zigzag & ~0x7FL) != 0) {
            target[at++] = (byte) (zigzag | 0x80);
            zigzag >>>= 7;
        }
        target[at] = (byte) zigzag;
        size = at + 1;
    }

    public void writeBoolean(boolean value) {
        ensure(1);
        buffer[size++] = (byte) (value ? 1 : 0);
    }

    public void writeFloat(float value) {
        ensure(4);
        FLOATS.set(buffer, size, value);
        size += Float.BYTES;
    }

    public void writeDouble(double value) {
        ensure(8);
        DOUBLES.set(buffer, size, value);
        size += Double.BYTES;
    }

    /** Avro {@code bytes}, or a {@code string} whose UTF-8 form is given. */
    public void writeBytes(byte[] source, int offset, int length) {
        writeLong(length);
        writeRaw(source, offset, length);
    }

    public void writeString(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        writeBytes(utf8, 0, utf8.length);
    }

    /** The index of a union's branch. */
    public void writeBranch(int index) {
        writeLong(index);
    }

    /** Bytes that already are Avro, or a frame around it. */
    public void writeRaw(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, buffer, size, length);
        size += length;
    }

    public void writeRawByte(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    /** Drops what was written after {@code newSize}: an encoder takes a half-written row back. */
    public void truncate(int newSize) {
        if (newSize > size) {
            throw new IllegalArgumentException("cannot truncate " + size + " bytes to " + newSize);
        }
        size = newSize;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(size, more), (int)
                    Math.min(buffer.length * 2L, Integer.MAX_VALUE - 8)));
        }
    }
}
