package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;

/** Character sets of one byte per character: a table of 256 UTF-8 sequences. */
final class SingleByteText extends TextDecoder {
    private final byte[][] utf8;
    private final boolean extendsAscii;

    /** @param utf8 by byte; null for a byte that means nothing */
    SingleByteText(ColumnPlace place, byte[][] utf8) {
        super(place);
        this.utf8 = utf8;
        this.extendsAscii = extendsAscii(utf8);
    }

    private static boolean extendsAscii(byte[][] utf8) {
        for (int b = 0; b < 0x80; b++) {
            if (utf8[b] == null || utf8[b].length != 1 || utf8[b][0] != b) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(byte[] source, int from, int length, AvroOutput out, ValueScratch scratch) {
        int to = from + length;
        if (extendsAscii && Utf8.asciiEnd(source, from, to) == to) {
            out.writeBytes(source, from, length);
            return;
        }
        out.writeLong(utf8Length(source, from, to));
        for (int at = from; at < to; at++) {
            byte[] sequence = utf8[source[at] & 0xFF];
            for (byte b : sequence) {
                out.writeRawByte(b);
            }
        }
    }

    private long utf8Length(byte[] source, int from, int to) {
        long length = 0;
        for (int at = from; at < to; at++) {
            byte[] sequence = utf8[source[at] & 0xFF];
            if (sequence == null) {
                throw malformed();
            }
            length += sequence.length;
        }
        return length;
    }
}
