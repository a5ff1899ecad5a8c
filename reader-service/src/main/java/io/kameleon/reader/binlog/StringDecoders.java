package io.kameleon.reader.binlog;

import io.kameleon.reader.value.Labels;
import io.kameleon.reader.value.TextDecoder;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.wire.AvroOutput;

/** Decoders of text, bytes, ENUM and SET. */
final class StringDecoders {
    private StringDecoders() {}

    static final class Text extends ColumnDecoder.Sized {
        private final TextDecoder charset;

        Text(int lengthBytes, TextDecoder charset) {
            super(lengthBytes);
            this.charset = charset;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int length = readLength(in);
            charset.write(in.buffer(), in.skip(length), length, out, scratch);
            return true;
        }
    }

    /** VARBINARY and BLOB. */
    static final class Bytes extends ColumnDecoder.Sized {
        Bytes(int lengthBytes) {
            super(lengthBytes);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int length = readLength(in);
            out.writeBytes(in.buffer(), in.skip(length), length);
            return true;
        }
    }

    /** BINARY(n): the binlog leaves trailing zero bytes out (F6). */
    static final class PaddedBytes extends ColumnDecoder.Sized {
        private final int padded;

        PaddedBytes(int lengthBytes, int padded) {
            super(lengthBytes);
            this.padded = padded;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int length = readLength(in);
            if (length > padded) {
                throw BinlogInput.corrupt(length + " bytes in a binary(" + padded + ") column");
            }
            out.writeLong(padded);
            out.writeRaw(in.buffer(), in.skip(length), length);
            for (int i = length; i < padded; i++) {
                out.writeRawByte(0);
            }
            return true;
        }
    }

    static final class Enum extends ColumnDecoder.Fixed {
        private final Labels labels;

        Enum(int width, Labels labels) {
            super(width);
            this.labels = labels;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            labels.writeEnum(in.readUnsignedLE(width), out);
            return true;
        }
    }

    static final class Set extends ColumnDecoder.Fixed {
        private final Labels labels;

        Set(int width, Labels labels) {
            super(width);
            this.labels = labels;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            labels.writeSet(in.readUnsignedLE(width), out);
            return true;
        }
    }
}
