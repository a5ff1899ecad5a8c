package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;

/** Character sets of several bytes per character, through Java's decoders. */
final class MultiByteText extends TextDecoder {
    private final Charset charset;
    private final CharacterSets.MultiByteSet set;

    MultiByteText(ColumnPlace place, CharacterSets.MultiByteSet set) {
        super(place);
        this.charset = Charset.forName(set.javaName());
        this.set = set;
    }

    @Override
    public void write(byte[] source, int from, int length, AvroOutput out, ValueScratch scratch) {
        CharBuffer chars = scratch.chars(length + 1); // no character set has more UTF-16 units than bytes
        CharsetDecoder decoder = scratch.decoder(charset);
        boolean failed = decoder.decode(ByteBuffer.wrap(source, from, length), chars, true)
                        .isError()
                || decoder.flush(chars).isError();
        if (failed) {
            throw malformed();
        }
        if (!set.from().isEmpty()) {
            replace(chars.array(), chars.position());
        }
        writeUtf8(chars.array(), chars.position(), out, scratch);
    }

    private void replace(char[] chars, int count) {
        for (int i = 0; i < count; i++) {
            int deviation = chars[i] < 0x80 ? -1 : set.from().indexOf(chars[i]);
            if (deviation >= 0) {
                chars[i] = set.to().charAt(deviation);
            }
        }
    }

    private void writeUtf8(char[] chars, int count, AvroOutput out, ValueScratch scratch) {
        byte[] utf8 = scratch.bytes(Math.multiplyExact(count, 3));
        int size = 0;
        for (int i = 0; i < count; i++) {
            char c = chars[i];
            if (c < 0x80) {
                utf8[size++] = (byte) c;
            } else if (c < 0x800) {
                utf8[size++] = (byte) (0xC0 | c >> 6);
                utf8[size++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                utf8[size++] = (byte) (0xE0 | c >> 12);
                utf8[size++] = (byte) (0x80 | c >> 6 & 0x3F);
                utf8[size++] = (byte) (0x80 | c & 0x3F);
            } else {
                size = writePair(c, ++i < count ? chars[i] : 0, utf8, size);
            }
        }
        out.writeBytes(utf8, 0, size);
    }

    private int writePair(char high, char low, byte[] utf8, int at) {
        if (!Character.isSurrogatePair(high, low)) {
            throw malformed();
        }
        int point = Character.toCodePoint(high, low);
        utf8[at] = (byte) (0xF0 | point >> 18);
        utf8[at + 1] = (byte) (0x80 | point >> 12 & 0x3F);
        utf8[at + 2] = (byte) (0x80 | point >> 6 & 0x3F);
        utf8[at + 3] = (byte) (0x80 | point & 0x3F);
        return at + 4;
    }
}
