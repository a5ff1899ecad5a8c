package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.Temporals;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * DATE, DATETIME and TIMESTAMP of the binary protocol: a length, then year (16 bits), month, day, hour, minute, second (8 each) and
 * microseconds (32). Fields at the end that are all zero may be left out.
 */
final class SnapshotDates implements SnapshotColumn {
    private static final int WITH_DATE = 4;
    private static final int WITH_CLOCK = 7;
    private static final int WITH_MICROS = 11;

    private final ColumnPlace place;
    private final TypeKind kind;
    private final int fractionDigits;

    SnapshotDates(ColumnPlace place, ColumnDefinition column) {
        this.place = place;
        this.kind = column.type().kind();
        this.fractionDigits = column.type().fractionDigits();
    }

    @Override
    public boolean encode(PacketRow row, AvroOutput out, ValueScratch scratch) {
        int length = row.readUnsignedByte();
        if (length == 0) {
            return false;
        }
        if (length != WITH_DATE && length != WITH_CLOCK && length != WITH_MICROS) {
            throw place.malformed("is not a " + kind + " of the binary protocol");
        }
        int year = row.readShort();
        int month = row.readByte();
        int day = row.readByte();
        int daySeconds = length >= WITH_CLOCK ? clock(row) : 0;
        int micros = length == WITH_MICROS ? row.readInt() : 0;
        return write(year, month, day, daySeconds, micros, out, scratch);
    }

    private static int clock(PacketRow row) {
        return row.readByte() * 3600 + row.readByte() * 60 + row.readByte();
    }

    private boolean write(
            int year, int month, int day, int daySeconds, int micros, AvroOutput out, ValueScratch scratch) {
        if (kind == TypeKind.DATE) {
            return Temporals.writeDate(year, month, day, out);
        }
        if (kind == TypeKind.DATETIME) {
            return Temporals.writeDateTime(year, month, day, daySeconds, micros, fractionDigits, out);
        }
        if (!Temporals.isDate(year, month, day)) {
            return false;
        }
        long seconds = Temporals.epochDay(year, month, day) * 86_400L + daySeconds;
        return Temporals.writeTimestamp(seconds, micros, fractionDigits, out, scratch);
    }
}
