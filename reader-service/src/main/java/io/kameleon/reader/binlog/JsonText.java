package io.kameleon.reader.binlog;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * Writes one binary JSON document as the text that the server itself would give (F21): keys in stored order, {@code ", "} and
 * {@code ": "} between, so that snapshot and stream agree byte for byte.
 *
 * <p>The format (MySQL source, {@code json_binary.h}): a type byte, then the value. Objects and arrays hold offsets, counted from
 * their own start, of 2 bytes (small) or 4 (large); keys and values may stand in any order behind. Bytes are not trusted:
 * offsets stay inside their container, depth is bounded, and no more values are written than bytes are there, so that shared
 * offsets cannot multiply.
 */
final class JsonText {
    /** The server refuses more than 100. */
    private static final int DEPTH_MAX = 120;

    private static final int SMALL_OBJECT = 0;
    private static final int LARGE_OBJECT = 1;
    private static final int SMALL_ARRAY = 2;
    private static final int LARGE_ARRAY = 3;
    private static final int LITERAL = 4;
    private static final int INT16 = 5;
    private static final int UINT16 = 6;
    private static final int INT32 = 7;
    private static final int UINT32 = 8;
    private static final int INT64 = 9;
    private static final int UINT64 = 10;
    private static final int DOUBLE = 11;
    private static final int STRING = 12;
    private static final int OPAQUE = 15;

    private final ColumnPlace place;
    private final byte[] buffer;
    private final int start;
    private final int end;
    private final JsonScalars out;
    private int valuesLeft;

    JsonText(ColumnPlace place, byte[] buffer, int start, int end, AvroOutput out) {
        this.place = place;
        this.buffer = buffer;
        this.start = start;
        this.end = end;
        this.out = new JsonScalars(out);
        this.valuesLeft = end - start;
    }

    /** @throws ReplicationException VALUE_MALFORMED */
    void write() {
        if (end <= start) {
            throw malformed();
        }
        writeValue(buffer[start], start + 1, end, 0);
    }

    private void writeValue(int type, int at, int limit, int depth) {
        if (--valuesLeft < 0 || depth > DEPTH_MAX) {
            throw malformed();
        }
        switch (type) {
            case SMALL_OBJECT -> writeContainer(at, limit, 2, true, depth);
            case LARGE_OBJECT -> writeContainer(at, limit, 4, true, depth);
            case SMALL_ARRAY -> writeContainer(at, limit, 2, false, depth);
            case LARGE_ARRAY -> writeContainer(at, limit, 4, false, depth);
            case LITERAL -> writeLiteral((int) unsigned(at, 1, limit));
            case INT16 -> out.writeInteger((short) unsigned(at, 2, limit));
            case UINT16 -> out.writeInteger(unsigned(at, 2, limit));
            case INT32 -> out.writeInteger((int) unsigned(at, 4, limit));
            case UINT32 -> out.writeInteger(unsigned(at, 4, limit));
            case INT64 -> out.writeInteger(unsigned(at, 8, limit));
            case UINT64 -> out.writeUnsigned(unsigned(at, 8, limit));
            case DOUBLE -> out.writeDouble(Double.longBitsToDouble(unsigned(at, 8, limit)));
            case STRING -> writeString(at, limit);
            case OPAQUE -> writeOpaque(at, limit);
            default -> throw malformed();
        }
    }

    /**
     * Header: count, size, then per key its offset and its length in 2 bytes (objects), then per value its type and its offset,
     * or, where it fits into the offset, the value itself.
     *
     * @param width bytes of count, size and offsets
     */
    private void writeContainer(int at, int limit, int width, boolean object, int depth) {
        long count = unsigned(at, width, limit);
        long size = unsigned(at + width, width, limit);
        int keyEntry = object ? width + 2 : 0;
        int valueEntry = 1 + width;
        long header = 2L * width + count * (keyEntry + valueEntry);
        if (size > limit - at || header > size) {
            throw malformed();
        }
        int containerEnd = at + (int) size;
        int keys = at + 2 * width;
        int values = keys + (int) count * keyEntry;
        out.writeAscii(object ? '{' : '[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.writeSeparator(',');
            }
            if (object) {
                writeKey(at, keys + i * keyEntry, width, containerEnd);
            }
            writeEntry(at, values + i * valueEntry, width, containerEnd, depth);
        }
        out.writeAscii(object ? '}' : ']');
    }

    private void writeKey(int container, int entry, int width, int limit) {
        int key = offset(container, entry, width, limit);
        int length = (int) unsigned(entry + width, 2, limit);
        if (length > limit - key) {
            throw malformed();
        }
        writeQuoted(key, length);
        out.writeSeparator(':');
    }

    private void writeEntry(int container, int entry, int width, int limit, int depth) {
        int type = buffer[entry];
        boolean inline =
                type == LITERAL || type == INT16 || type == UINT16 || width == 4 && (type == INT32 || type == UINT32);
        int at = inline ? entry + 1 : offset(container, entry + 1, width, limit);
        writeValue(type, at, limit, depth + 1);
    }

    private int offset(int container, int entry, int width, int limit) {
        long offset = unsigned(entry, width, limit);
        if (offset > limit - container) {
            throw malformed();
        }
        return container + (int) offset;
    }

    private void writeLiteral(int literal) {
        switch (literal) {
            case 0 -> out.writeAscii("null");
            case 1 -> out.writeAscii("true");
            case 2 -> out.writeAscii("false");
            default -> throw malformed();
        }
    }

    private void writeString(int at, int limit) {
        long packed = readVariableLength(at, limit);
        writeQuoted((int) (packed >>> 32), (int) packed);
    }

    private void writeQuoted(int at, int length) {
        if (!out.writeString(buffer, at, length)) {
            throw malformed();
        }
    }

    /** A type code of the server's own, then a length and that many bytes. */
    private void writeOpaque(int at, int limit) {
        int code = (int) unsigned(at, 1, limit);
        long packed = readVariableLength(at + 1, limit);
        int from = (int) (packed >>> 32);
        int length = (int) packed;
        WireType type = WireType.of(code);
        if (type == WireType.NEWDECIMAL) {
            writeDecimal(from, length);
        } else if (type == WireType.DATE
                || type == WireType.DATETIME
                || type == WireType.TIMESTAMP
                || type == WireType.TIME) {
            out.writeTemporal(type, unsigned(from, 8, from + length));
        } else {
            out.writeOpaque(code, buffer, from, length);
        }
    }

    private void writeDecimal(int from, int length) {
        int precision = (int) unsigned(from, 1, from + length);
        int scale = (int) unsigned(from + 1, 1, from + length);
        if (precision == 0 || precision > 65 || scale > precision) {
            throw malformed();
        }
        try {
            var digits = new AvroOutput(40);
            var input = new BinlogInput().wrap(buffer, from + 2, from + length);
            new DecimalDecoder(precision, scale).decode(input, digits, new ValueScratch());
            out.writeDecimal(digits, scale);
        } catch (ReplicationException e) {
            throw malformed();
        }
    }

    /** Seven bits per byte, lowest first; at most 5 bytes. Gives the place behind in the upper and the length in the lower half. */
    private long readVariableLength(int at, int limit) {
        long length = 0;
        for (int i = 0; i < 5; i++) {
            long b = unsigned(at + i, 1, limit);
            length |= (b & 0x7F) << 7 * i;
            if (b < 0x80) {
                int from = at + i + 1;
                if (length > limit - from) {
                    throw malformed();
                }
                return (long) from << 32 | length;
            }
        }
        throw malformed();
    }

    private long unsigned(int at, int width, int limit) {
        if (at < start || width > limit - at) {
            throw malformed();
        }
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | buffer[at + i] & 0xFF;
        }
        return value;
    }

    private ReplicationException malformed() {
        return place.malformed("is not a JSON document in the server's binary form");
    }
}
