package io.kameleon.reader.binlog;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.wire.AvroOutput;

/** MySQL's JSON column: the server's binary form as JSON text. */
final class JsonDecoder extends ColumnDecoder.Sized {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final ColumnPlace place;

    JsonDecoder(int lengthBytes, ColumnPlace place) {
        super(lengthBytes);
        this.place = place;
    }

    /** A value of no bytes is what the server stores for a null forced into a NOT NULL column; it reads it as JSON null. */
    @Override
    boolean decode(BinlogInput in, AvroOutput out, ValueScratch scratch) {
        int length = readLength(in);
        int at = in.skip(length);
        if (length == 0) {
            out.writeBytes(NULL, 0, NULL.length);
            return true;
        }
        AvroOutput text = scratch.text();
        new JsonText(place, in.buffer(), at, at + length, text).write();
        out.writeBytes(text.buffer(), 0, text.size());
        return true;
    }
}
