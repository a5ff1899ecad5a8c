package io.kameleon.reader.value;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * Turns a text column's bytes, in the column's character set, into an Avro {@code string} (F7). The same for binlog and
 * snapshot, so that both give the same text. Immutable, thread-safe.
 *
 * <p>Text that is not valid in its character set raises VALUE_MALFORMED: a replacement character would be a silent change.
 */
public abstract sealed class TextDecoder permits Utf8Text, SingleByteText, MultiByteText {
    private final ColumnPlace place;

    TextDecoder(ColumnPlace place) {
        this.place = place;
    }

    /** @throws io.kameleon.schemas.error.ReplicationException TYPE_UNSUPPORTED for a character set that is not known */
    public static TextDecoder of(ColumnPlace place, ColumnDefinition column) {
        String charset = column.type().charset();
        if (CharacterSets.isUtf8(charset)) {
            return new Utf8Text(place);
        }
        byte[][] table = CharacterSets.singleByteTable(charset);
        if (table != null) {
            return new SingleByteText(place, table);
        }
        return new MultiByteText(
                place,
                CharacterSets.multiByte(charset)
                        .orElseThrow(
                                () -> place.unsupported("has character set '" + charset + "', which is not known")));
    }

    /** Writes length and UTF-8; nothing when it throws. */
    public abstract void write(byte[] source, int from, int length, AvroOutput out, ValueScratch scratch);

    final RuntimeException malformed() {
        return place.malformed("is not valid in the column's character set");
    }
}
