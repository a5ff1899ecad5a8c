package io.kameleon.reader.binlog;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.FixedBinary;
import io.kameleon.reader.value.Geometries;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.reader.value.Vectors;
import io.kameleon.schemas.wire.AvroOutput;

/** Decoders of geometries, vectors, and MariaDB's UUID, INET4 and INET6. */
final class ObjectDecoders {
    private ObjectDecoders() {}

    static final class Geometry extends ColumnDecoder.Sized {
        private final ColumnPlace place;

        Geometry(int lengthBytes, ColumnPlace place) {
            super(lengthBytes);
            this.place = place;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int length = readLength(in);
            if (!Geometries.write(in.buffer(), in.skip(length), length, out)) {
                throw place.malformed("has only " + length + " bytes, which is no geometry");
            }
            return true;
        }
    }

    static final class Vector extends ColumnDecoder.Sized {
        private final ColumnPlace place;

        Vector(int lengthBytes, ColumnPlace place) {
            super(lengthBytes);
            this.place = place;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int length = readLength(in);
            if (!Vectors.write(in.buffer(), in.skip(length), length, out)) {
                throw place.malformed("has " + length + " bytes, which is no vector");
            }
            return true;
        }
    }

    static final class Fixed extends ColumnDecoder.Sized {
        private final FixedBinary type;

        Fixed(FixedBinary type) {
            super(1);
            this.type = type;
        }

        @Override
        boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
            int length = readLength(in);
            if (!type.write(in.buffer(), in.skip(length), length, out, scratch)) {
                throw BinlogInput.corrupt(length + " bytes in a column of " + type.width());
            }
            return true;
        }
    }
}
