package io.kameleon.reader.value;

import static io.kameleon.reader.value.ValueCase.sized;

import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** TIME, DATETIME and TIMESTAMP with every number of fraction digits: run with both storage formats of MariaDB. */
final class OldAndNewTemporals {
    private static final String FRACTION = "987654";

    private OldAndNewTemporals() {}

    static List<ValueCase> cases() {
        var cases = new ArrayList<ValueCase>();
        for (int digits = 0; digits <= 6; digits++) {
            cases.add(time(digits));
            cases.add(dateTime(digits));
            cases.add(timestamp(digits));
        }
        return cases;
    }

    private static ValueCase time(int digits) {
        String fraction = fraction(digits);
        long micros = micros(digits);
        long step = (long) Math.pow(10, 6 - digits);
        String smallest = "-00:00:" + (digits == 0 ? "01" : "00." + "0".repeat(digits - 1) + "1");
        return ValueCase.of(
                "TIME(" + digits + ")",
                type(TypeKind.TIME, digits),
                "'00:00:00'",
                0L,
                "'838:59:59'",
                3_020_399_000_000L,
                "'-838:59:59'",
                -3_020_399_000_000L,
                "'24:00:00'",
                86_400_000_000L,
                "'" + smallest + "'",
                -step,
                "'-01:02:03" + fraction + "'",
                -(3_723_000_000L + micros),
                "'12:34:56" + fraction + "'",
                45_296_000_000L + micros);
    }

    private static ValueCase dateTime(int digits) {
        String fraction = fraction(digits);
        return ValueCase.of(
                "DATETIME(" + digits + ")",
                type(TypeKind.DATETIME, digits),
                "'0000-00-00 00:00:00'",
                null,
                "'2015-00-21 10:00:00'",
                null,
                "'2021-02-30 10:00:00'",
                null,
                "'1970-01-01 00:00:00'",
                0L,
                "'1000-01-01 00:00:00'",
                epoch("1000-01-01T00:00:00", digits),
                "'9999-12-31 23:59:59" + fraction + "'",
                epoch("9999-12-31T23:59:59" + fraction, digits),
                "'2026-03-29 02:30:00'",
                epoch("2026-03-29T02:30:00", digits),
                "'1969-12-31 23:59:59" + fraction + "'",
                epoch("1969-12-31T23:59:59" + fraction, digits));
    }

    private static long epoch(String text, int digits) {
        LocalDateTime time = LocalDateTime.parse(text);
        long micros = time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
        return digits <= 3 ? Math.floorDiv(micros, 1000L) : micros;
    }

    private static ValueCase timestamp(int digits) {
        String fraction = fraction(digits);
        String zeros = digits == 0 ? "" : "." + "0".repeat(digits);
        return ValueCase.of(
                "TIMESTAMP(" + digits + ") NULL",
                type(TypeKind.TIMESTAMP, digits),
                "'0000-00-00 00:00:00'",
                null,
                "'1970-01-01 00:00:01'",
                "1970-01-01T00:00:01" + zeros + "Z",
                "'2038-01-19 03:14:07" + fraction + "'",
                "2038-01-19T03:14:07" + fraction + "Z",
                "'2000-02-29 23:59:59" + fraction + "'",
                "2000-02-29T23:59:59" + fraction + "Z");
    }

    private static String fraction(int digits) {
        return digits == 0 ? "" : "." + FRACTION.substring(0, digits);
    }

    private static long micros(int digits) {
        return Long.parseLong((FRACTION.substring(0, digits) + "000000").substring(0, 6));
    }

    private static ColumnType type(TypeKind kind, int digits) {
        return sized(kind, digits, ColumnType.NONE);
    }
}
