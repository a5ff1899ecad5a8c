package io.kameleon.reader.binlog;

import io.kameleon.reader.value.Decimals;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.wire.AvroOutput;

/** Decoders of integers, floats, BIT and YEAR. */
final class NumberDecoders {
    private NumberDecoders() {}

    /** TINYINT to BIGINT as Avro {@code int} or {@code long}, which are encoded alike. */
    static final class SignedInteger extends ColumnDecoder.Fixed {
        SignedInteger(int width) {
            super(width);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            switch (width) {
                case 1 -> out.writeLong(in.readByte());
                case 2 -> out.writeLong((short) in.readUnsigned16LE());
                case 3 -> out.writeLong(in.readUnsigned24LE() << 8 >> 8);
                case 4 -> out.writeLong(in.read32LE());
                default -> out.writeLong(in.read64LE());
            }
            return true;
        }
    }

    /** TINYINT UNSIGNED to INT UNSIGNED. */
    static final class UnsignedInteger extends ColumnDecoder.Fixed {
        UnsignedInteger(int width) {
            super(width);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            switch (width) {
                case 1 -> out.writeLong(in.readUnsignedByte());
                case 2 -> out.writeLong(in.readUnsigned16LE());
                case 3 -> out.writeLong(in.readUnsigned24LE());
                default -> out.writeLong(in.read32LE() & 0xFFFF_FFFFL);
            }
            return true;
        }
    }

    /** BIGINT UNSIGNED, as a decimal. */
    static final class UnsignedBigint extends ColumnDecoder.Fixed {
        UnsignedBigint() {
            super(8);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            Decimals.writeUnsigned(in.read64LE(), out);
            return true;
        }
    }

    /** FLOAT and DOUBLE: the binlog's bytes are Avro's. */
    static final class Floating extends ColumnDecoder.Fixed {
        Floating(int width) {
            super(width);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            out.writeRaw(in.buffer(), in.skip(width), width);
            return true;
        }
    }

    /** BIT(1). */
    static final class SingleBit extends ColumnDecoder.Fixed {
        SingleBit() {
            super(1);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            out.writeBoolean((in.readByte() & 1) != 0);
            return true;
        }
    }

    /** BIT(n): big-endian in the binlog, little-endian in Avro. */
    static final class Bits extends ColumnDecoder.Fixed {
        Bits(int bits) {
            super((bits + 7) >>> 3);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int at = in.skip(width);
            out.writeLong(width);
            for (int i = width - 1; i >= 0; i--) {
                out.writeRawByte(in.buffer()[at + i]);
            }
            return true;
        }
    }

    static final class Year extends ColumnDecoder.Fixed {
        private static final int FIRST = 1900;

        Year() {
            super(1);
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int sinceFirst = in.readUnsignedByte();
            out.writeInt(sinceFirst == 0 ? 0 : FIRST + sinceFirst);
            return true;
        }
    }
}
