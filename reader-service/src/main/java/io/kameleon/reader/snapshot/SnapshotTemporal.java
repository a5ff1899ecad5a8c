package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.Temporals;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroOutput;
import java.sql.ResultSet;
import java.sql.SQLException;

/** DATE, TIME, DATETIME and TIMESTAMP from the server's text: {@code yyyy-MM-dd}, {@code HH:mm:ss}, fraction behind. */
final class SnapshotTemporal implements SnapshotColumn {
    private static final int DATE_LENGTH = 10;
    private static final int MICROS_DIGITS = 6;

    private final ColumnPlace place;
    private final TypeKind kind;
    private final int fractionDigits;

    SnapshotTemporal(ColumnPlace place, ColumnDefinition column) {
        this.place = place;
        this.kind = column.type().kind();
        this.fractionDigits = column.type().fractionDigits();
    }

    @Override
    public boolean encode(ResultSet row, int index, AvroOutput out, ValueScratch scratch) throws SQLException {
        String text = row.getString(index);
        if (text == null) {
            return false;
        }
        return kind == TypeKind.TIME ? writeTime(text, out) : writeDated(text, out, scratch);
    }

    private boolean writeDated(String text, AvroOutput out, ValueScratch scratch) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, DATE_LENGTH);
        if (kind == TypeKind.DATE) {
            return Temporals.writeDate(year, month, day, out);
        }
        int at = DATE_LENGTH + 1;
        int daySeconds =
                number(text, at, at + 2) * 3600 + number(text, at + 3, at + 5) * 60 + number(text, at + 6, at + 8);
        int micros = micros(text, at + 8);
        if (kind == TypeKind.DATETIME) {
            return Temporals.writeDateTime(year, month, day, daySeconds, micros, fractionDigits, out);
        }
        if (!Temporals.isDate(year, month, day)) {
            return false;
        }
        long seconds = Temporals.epochDay(year, month, day) * 86_400L + daySeconds;
        return Temporals.writeTimestamp(seconds, micros, fractionDigits, out, scratch);
    }

    /** Hours have two or three digits. */
    private boolean writeTime(String text, AvroOutput out) {
        boolean negative = text.startsWith("-");
        int hours = negative ? 1 : 0;
        int colon = text.indexOf(':');
        long seconds = number(text, hours, colon) * 3600L
                + number(text, colon + 1, colon + 3) * 60
                + number(text, colon + 4, colon + 6);
        long micros = seconds * Temporals.MICROS_PER_SECOND + micros(text, colon + 6);
        out.writeLong(negative ? -micros : micros);
        return true;
    }

    /** The fraction that starts with a point at {@code from}; 0 when the text ends there. */
    private int micros(String text, int from) {
        if (text.length() == from) {
            return 0;
        }
        int digits = text.length() - from - 1;
        int micros = number(text, from + 1, text.length());
        for (int i = digits; i < MICROS_DIGITS; i++) {
            micros *= 10;
        }
        return micros;
    }

    private int number(String text, int from, int to) {
        int value = 0;
        boolean digits = from < to && to <= text.length() && to - from <= MICROS_DIGITS;
        for (int i = from; digits && i < to; i++) {
            int digit = text.charAt(i) - '0';
            digits = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        if (!digits) {
            throw place.malformed("is not a " + kind + " in the server's text form");
        }
        return value;
    }
}
