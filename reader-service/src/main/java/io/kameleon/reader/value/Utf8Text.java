package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;

/** utf8mb4, utf8mb3 and ascii: checked and copied. */
final class Utf8Text extends TextDecoder {
    Utf8Text(ColumnPlace place) {
        super(place);
    }

    @Override
    public void write(byte[] source, int from, int length, AvroOutput out, ValueScratch scratch) {
        if (!Utf8.isValid(source, from, from + length)) {
            throw malformed();
        }
        out.writeBytes(source, from, length);
    }
}
