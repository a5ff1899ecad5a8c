package io.kameleon.reader.binlog;

import io.kameleon.reader.value.ShortestDouble;
import io.kameleon.reader.value.Utf8;
import io.kameleon.schemas.wire.AvroInput;
import io.kameleon.schemas.wire.AvroOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The leaves of JSON text, spelled as the server spells them. One thread only. */
final class JsonScalars {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private final AvroOutput out;
    private final byte[] digits = new byte[20];

    JsonScalars(AvroOutput out) {
        this.out = out;
    }

    void writeAscii(char c) {
        out.writeRawByte(c);
    }

    void writeAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            out.writeRawByte(text.charAt(i));
        }
    }

    void writeSeparator(char c) {
        out.writeRawByte(c);
        out.writeRawByte(' ');
    }

    void writeInteger(long value) {
        if (value < 0) {
            out.writeRawByte('-');
        }
        writeUnsigned(value < 0 ? -value : value);
    }

    /** All 64 bits count. */
    void writeUnsigned(long value) {
        int at = digits.length;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
            rest = Long.divideUnsigned(rest, 10);
        } while (rest != 0);
        out.writeRaw(digits, at, digits.length - at);
    }

    void writeDouble(double value) {
        writeAscii(ShortestDouble.text(value));
    }

    /** @param unscaled Avro bytes of the DECIMAL shape */
    void writeDecimal(AvroOutput unscaled, int scale) {
        byte[] bytes =
                new AvroInput().wrap(unscaled.buffer(), 0, unscaled.size()).readBytes();
        writeAscii(new BigDecimal(new BigInteger(bytes), scale).toPlainString());
    }

    /** @return false when the bytes are not UTF-8; then part of it may have been written */
    boolean writeString(byte[] source, int from, int length) {
        if (!Utf8.isValid(source, from, from + length)) {
            return false;
        }
        out.writeRawByte('"');
        int copied = from;
        int to = from + length;
        for (int at = from; at < to; at++) {
            byte b = source[at];
            if (b >= 0 && b < 0x20 || b == '"' || b == '\\') {
                out.writeRaw(source, copied, at - copied);
                writeEscaped(b);
                copied = at + 1;
            }
        }
        out.writeRaw(source, copied, to - copied);
        out.writeRawByte('"');
        return true;
    }

    private void writeEscaped(byte b) {
        out.writeRawByte('\\');
        switch (b) {
            case '"', '\\' -> out.writeRawByte(b);
            case '\b' -> out.writeRawByte('b');
            case '\f' -> out.writeRawByte('f');
            case '\n' -> out.writeRawByte('n');
            case '\r' -> out.writeRawByte('r');
            case '\t' -> out.writeRawByte('t');
            default -> {
                writeAscii("u00");
                out.writeRawByte(HEX[b >> 4]);
                out.writeRawByte(HEX[b & 15]);
            }
        }
    }

    /**
     * DATE, TIME, DATETIME and TIMESTAMP inside JSON: a signed number whose lower 24 bits are microseconds and whose upper part
     * is as in the column formats.
     */
    void writeTemporal(WireType type, long packed) {
        long absolute = Math.abs(packed);
        long whole = absolute >> 24;
        out.writeRawByte('"');
        if (packed < 0) {
            out.writeRawByte('-');
        }
        if (type != WireType.TIME) {
            long yearMonth = whole >> 22;
            writePadded(yearMonth / 13, 4);
            out.writeRawByte('-');
            writePadded(yearMonth % 13, 2);
            out.writeRawByte('-');
            writePadded(whole >> 17 & 31, 2);
        }
        if (type != WireType.DATE) {
            if (type != WireType.TIME) {
                out.writeRawByte(' ');
            }
            writeClock(type == WireType.TIME ? whole >> 12 & 0x3FF : whole >> 12 & 31, whole, absolute & 0xFF_FFFF);
        }
        out.writeRawByte('"');
    }

    private void writeClock(long hour, long whole, long micros) {
        writePadded(hour, 2);
        out.writeRawByte(':');
        writePadded(whole >> 6 & 63, 2);
        out.writeRawByte(':');
        writePadded(whole & 63, 2);
        out.writeRawByte('.');
        writePadded(micros, 6);
    }

    private void writePadded(long value, int width) {
        String text = Long.toString(value);
        for (int i = text.length(); i < width; i++) {
            out.writeRawByte('0');
        }
        writeAscii(text);
    }

    /** Whatever else: {@code "base64:type253:..."}, broken into lines of 76 characters as the server does. */
    void writeOpaque(int code, byte[] source, int from, int length) {
        byte[] encoded = BASE64.encode(Arrays.copyOfRange(source, from, from + length));
        var text = new AvroOutput(encoded.length + 20);
        byte[] prefix = ("base64:type" + code + ":").getBytes(StandardCharsets.US_ASCII);
        text.writeRaw(prefix, 0, prefix.length);
        text.writeRaw(encoded, 0, encoded.length);
        writeString(text.buffer(), 0, text.size());
    }
}
