package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.Temporals;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * TIME of the binary protocol: a length, then the sign (1 for negative), days (32 bits), hour, minute, second (8 each) and
 * microseconds (32). No field is left out but the last, or all of midnight.
 */
final class SnapshotTimes implements SnapshotColumn {
    private static final int WITH_CLOCK = 8;
    private static final int WITH_MICROS = 12;

    private final ColumnPlace place;

    SnapshotTimes(ColumnPlace place) {
        this.place = place;
    }

    @Override
    public boolean encode(PacketRow row, AvroOutput out, ValueScratch scratch) {
        int length = row.readUnsignedByte();
        if (length == 0) {
            out.writeLong(0);
            return true;
        }
        if (length != WITH_CLOCK && length != WITH_MICROS) {
            throw place.malformed("is not a TIME of the binary protocol");
        }
        boolean negative = row.readByte() != 0;
        long hours = row.readInt() * 24L + row.readByte();
        long seconds = hours * 3600 + row.readByte() * 60 + row.readByte();
        int fraction = length == WITH_MICROS ? row.readInt() : 0;
        long micros = seconds * Temporals.MICROS_PER_SECOND + fraction;
        out.writeLong(negative ? -micros : micros);
        return true;
    }
}
