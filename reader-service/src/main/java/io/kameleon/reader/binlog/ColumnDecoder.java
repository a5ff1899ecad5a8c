package io.kameleon.reader.binlog;

import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.wire.AvroOutput;

/** Decodes one column's non-null values from a row image into Avro. Immutable, thread-safe: buffers come with the scratch. */
abstract class ColumnDecoder {
    /**
     * Reads one value and writes it, without a union branch.
     *
     * @return false when the value has no Avro value and stands for null (zero and partial dates); nothing is written then
     */
    abstract boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch);

    /** Steps over one value. */
    abstract void skip(BinlogInput in);

    /** Values of one width. */
    abstract static class Fixed extends ColumnDecoder {
        final int width;

        Fixed(int width) {
            this.width = width;
        }

        @Override
        final void skip(BinlogInput in) {
            in.skip(width);
        }
    }

    /** Values behind a little-endian length. */
    abstract static class Sized extends ColumnDecoder {
        private final int lengthBytes;

        /** @param lengthBytes 1 to 4 */
        Sized(int lengthBytes) {
            this.lengthBytes = lengthBytes;
        }

        /** Reads the length; the value starts at the input's position and is whole. */
        final int readLength(BinlogInput in) {
            int length = lengthBytes == 1 ? in.readUnsignedByte() : (int) in.readUnsignedLE(lengthBytes);
            if (length < 0 || length > in.remaining()) {
                throw BinlogInput.corrupt("a value of " + Integer.toUnsignedString(length) + " bytes where "
                        + in.remaining() + " are left");
            }
            return length;
        }

        @Override
        final void skip(BinlogInput in) {
            in.skip(readLength(in));
        }
    }
}
