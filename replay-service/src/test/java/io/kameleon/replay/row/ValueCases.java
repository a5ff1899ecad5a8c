package io.kameleon.replay.row;

import static io.kameleon.replay.row.TestTable.column;

import io.kameleon.replay.row.TestTable.Geometry;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Each shape into each type that takes it, with the boundary values of each and what PostgreSQL prints for them. */
final class ValueCases {
    private ValueCases() {}

    /** Values of one source column into one type; {@code expected} is what PostgreSQL prints. */
    record Case(ColumnDefinition column, String type, List<Object> values, List<String> expected) {
        static Case of(ColumnDefinition column, String type, Object... valuesAndTexts) {
            var values = new ArrayList<Object>();
            var texts = new ArrayList<String>();
            for (int i = 0; i < valuesAndTexts.length; i += 2) {
                values.add(valuesAndTexts[i]);
                texts.add((String) valuesAndTexts[i + 1]);
            }
            return new Case(column, type, values, texts);
        }

        @Override
        public String toString() {
            return column.type().kind() + " -> " + type;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(numbers(), fractions(), bits(), texts(), bytes(), times(), objects())
                .flatMap(s -> s);
    }

    private static Stream<Case> objects() {
        ColumnDefinition geometry = column("v", TypeKind.GEOMETRY, ColumnType.NONE, true);
        ColumnDefinition vector = column("v", TypeKind.VECTOR, 3, true);
        ColumnDefinition uuid = column("v", TypeKind.UUID, ColumnType.NONE, true);
        ColumnDefinition inet = column("v", TypeKind.INET6, ColumnType.NONE, true);
        String point = "0101000000000000000000f03f0000000000000040";
        String bigEndian = "00000000013ff00000000000004000000000000000";
        Object[] geometries = {
            new Geometry(point, 0),
            "\\x" + point,
            new Geometry(point, 4326),
            "\\x0101000020e6100000000000000000f03f0000000000000040",
            new Geometry(bigEndian, 4326),
            "\\x0020000001000010e63ff00000000000004000000000000000",
            new Geometry("010700000000000000", -1),
            "\\x0107000020ffffffff00000000",
            new Geometry("", 0),
            "\\x",
            null,
            "NULL"
        };
        return Stream.of(
                Case.of(geometry, "bytea", geometries),
                Case.of(
                        geometry,
                        "text",
                        new Geometry(point, 4326),
                        "0101000020E6100000000000000000F03F0000000000000040"),
                Case.of(
                        vector,
                        "real[]",
                        new float[] {1, -0f, 3.4028235e38f},
                        "{1,-0,3.4028235e+38}",
                        new float[] {1e-45f},
                        "{1e-45}",
                        new float[0],
                        "{}",
                        null,
                        "NULL"),
                Case.of(vector, "double precision[]", new float[] {1, 0.5f}, "{1,0.5}"),
                Case.of(vector, "text", new float[] {1, 0.1f}, "[1,0.1]"),
                Case.of(
                        uuid,
                        "uuid",
                        "00112233-4455-6677-8899-aabbccddee00",
                        "00112233-4455-6677-8899-aabbccddee00",
                        null,
                        "NULL"),
                Case.of(uuid, "text", "00112233-4455-6677-8899-aabbccddee00", "00112233-4455-6677-8899-aabbccddee00"),
                Case.of(uuid, "bytea", "00112233-4455-6677-8899-aabbccddee00", "\\x00112233445566778899aabbccddee00"),
                Case.of(
                        inet,
                        "inet",
                        "::",
                        "::",
                        "::1",
                        "::1",
                        "1::",
                        "1::",
                        "::ffff:1.2.3.4",
                        "::ffff:1.2.3.4",
                        "::1.2.3.4",
                        "::1.2.3.4",
                        "1::2:3:4:5:6:7",
                        "1:0:2:3:4:5:6:7",
                        "2001:db8::ff00:42:8329",
                        "2001:db8::ff00:42:8329",
                        "1:2:3:4:5:6:7:8",
                        "1:2:3:4:5:6:7:8",
                        "0.0.0.0",
                        "0.0.0.0",
                        "255.255.255.255",
                        "255.255.255.255",
                        null,
                        "NULL"),
                Case.of(inet, "bytea", "1.2.3.4", "\\x01020304", "::1", "\\x00000000000000000000000000000001"),
                Case.of(inet, "text", "::1", "::1"));
    }

    private static Stream<Case> numbers() {
        ColumnDefinition tiny = column("v", TypeKind.TINYINT, 1, true);
        ColumnDefinition integer = column("v", TypeKind.INT, ColumnType.NONE, true);
        ColumnDefinition big = column("v", TypeKind.BIGINT, ColumnType.NONE, true);
        ColumnDefinition huge = TestTable.unsigned("v", TypeKind.BIGINT);
        return Stream.of(
                Case.of(tiny, "smallint", -128, "-128", 127, "127", 255, "255", null, "NULL"),
                Case.of(tiny, "boolean", 0, "f", 1, "t", 2, "t", -1, "t", null, "NULL"),
                Case.of(column("v", TypeKind.YEAR, 4, true), "smallint", 0, "0", 1901, "1901", 2155, "2155"),
                Case.of(integer, "integer", Integer.MIN_VALUE, "-2147483648", Integer.MAX_VALUE, "2147483647", 0, "0"),
                Case.of(integer, "bigint", Integer.MIN_VALUE, "-2147483648", 16777215, "16777215"),
                Case.of(integer, "replica.score", 5, "5", -8388608 + 8000000, "-388608", null, "NULL"),
                Case.of(integer, "numeric", 0, "0", -10000, "-10000", 12345678, "12345678", 100000000, "100000000"),
                Case.of(integer, "real", 3, "3", -7, "-7"),
                Case.of(integer, "double precision", 3, "3", Integer.MIN_VALUE, "-2147483648"),
                Case.of(integer, "text", -5, "-5", null, "NULL"),
                Case.of(TestTable.unsigned("v", TypeKind.INT), "bigint", 4294967295L, "4294967295", 0L, "0"),
                Case.of(big, "bigint", Long.MIN_VALUE, "-9223372036854775808", Long.MAX_VALUE, "9223372036854775807"),
                Case.of(
                        big,
                        "numeric(20)",
                        Long.MIN_VALUE,
                        "-9223372036854775808",
                        Long.MAX_VALUE,
                        "9223372036854775807"),
                Case.of(
                        huge,
                        "numeric(20)",
                        decimal("9223372036854775807"),
                        "9223372036854775807",
                        decimal("9223372036854775808"),
                        "9223372036854775808",
                        decimal("18446744073709551615"),
                        "18446744073709551615",
                        decimal("0"),
                        "0"),
                Case.of(huge, "bigint", decimal("9223372036854775807"), "9223372036854775807", decimal("1"), "1"),
                Case.of(huge, "text", decimal("18446744073709551615"), "18446744073709551615"));
    }

    private static Stream<Case> fractions() {
        ColumnDefinition wide = TestTable.decimal("v", 65, 30, true);
        ColumnDefinition money = TestTable.decimal("v", 10, 2, true);
        ColumnDefinition real = column("v", TypeKind.FLOAT, ColumnType.NONE, true);
        ColumnDefinition twice = column("v", TypeKind.DOUBLE, ColumnType.NONE, true);
        String digits = "12345678901234567890123456789012345.123456789012345678901234567891";
        return Stream.of(
                Case.of(
                        wide,
                        "numeric(65,30)",
                        decimal(digits),
                        digits,
                        decimal("-" + digits),
                        "-" + digits,
                        decimal("99999999999999999999999999999999999.999999999999999999999999999999"),
                        "99999999999999999999999999999999999.999999999999999999999999999999",
                        decimal("0.000000000000000000000000000001"),
                        "0.000000000000000000000000000001",
                        decimal("0.000000000000000000000000000000"),
                        "0.000000000000000000000000000000",
                        decimal("10000.000000000000000000000000000000"),
                        "10000.000000000000000000000000000000"),
                Case.of(
                        money,
                        "numeric(10,2)",
                        decimal("0.01"),
                        "0.01",
                        decimal("-0.10"),
                        "-0.10",
                        decimal("99999999.99"),
                        "99999999.99",
                        decimal("-12345.67"),
                        "-12345.67",
                        decimal("10000.00"),
                        "10000.00",
                        decimal("0.00"),
                        "0.00"),
                Case.of(money, "numeric", decimal("1.50"), "1.50", decimal("-99.99"), "-99.99"),
                Case.of(
                        TestTable.decimal("v", 9, 1, true),
                        "numeric(9,1)",
                        decimal("1.5"),
                        "1.5",
                        decimal("-10000.1"),
                        "-10000.1"),
                Case.of(
                        TestTable.decimal("v", 18, 3, true),
                        "numeric(18,3)",
                        decimal("999999999999999.999"),
                        "999999999999999.999"),
                Case.of(
                        TestTable.decimal("v", 19, 5, true),
                        "numeric(19,5)",
                        decimal("-92233720368547.75808"),
                        "-92233720368547.75808"),
                Case.of(money, "double precision", decimal("-0.10"), "-0.1"),
                Case.of(money, "text", decimal("-0.10"), "-0.10"),
                Case.of(
                        real,
                        "real",
                        1e-45f,
                        "1e-45",
                        3.4028235e38f,
                        "3.4028235e+38",
                        0.1f,
                        "0.1",
                        -0.0f,
                        "-0",
                        null,
                        "NULL"),
                Case.of(real, "double precision", 0.5f, "0.5"),
                Case.of(real, "numeric", 0.1f, "0.1", 1e10f, "10000000000"),
                Case.of(real, "text", 1.0f, "1", 0.25f, "0.25"),
                Case.of(
                        twice,
                        "double precision",
                        -0.0d,
                        "-0",
                        Double.MIN_VALUE,
                        "5e-324",
                        Double.MAX_VALUE,
                        "1.7976931348623157e+308"),
                Case.of(twice, "real", 0.5d, "0.5"),
                Case.of(twice, "numeric", 1.25d, "1.25", -1e20d, "-100000000000000000000"));
    }

    private static Stream<Case> bits() {
        ColumnDefinition one = column("v", TypeKind.BIT, 1, true);
        ColumnDefinition nine = column("v", TypeKind.BIT, 9, true);
        ColumnDefinition all = column("v", TypeKind.BIT, 64, true);
        byte[] high = {1, 0, 0, 0, 0, 0, 0, (byte) 0x80};
        return Stream.of(
                Case.of(one, "bit(1)", true, "1", false, "0", null, "NULL"),
                Case.of(one, "boolean", true, "t", false, "f"),
                Case.of(one, "smallint", true, "1"),
                Case.of(one, "integer", true, "1"),
                Case.of(nine, "bit(9)", new byte[] {1, 1}, "100000001", new byte[] {0, 0}, "000000000"),
                Case.of(nine, "bit(12)", new byte[] {1, 1}, "000100000001"),
                Case.of(nine, "varbit", new byte[] {5, 0}, "000000101"),
                Case.of(nine, "integer", new byte[] {(byte) 255, 1}, "511"),
                Case.of(nine, "bytea", new byte[] {2, 1}, "\\x0102"),
                Case.of(nine, "text", new byte[] {1, 1}, "100000001"),
                Case.of(
                        column("v", TypeKind.BIT, 33, true),
                        "bit(33)",
                        new byte[] {1, 0, 0, 0, 1},
                        "1" + "0".repeat(31) + "1"),
                Case.of(all, "bit(64)", high, "1" + "0".repeat(62) + "1"),
                Case.of(all, "bit(70)", high, "0000001" + "0".repeat(62) + "1"),
                Case.of(all, "numeric(20)", high, "9223372036854775809"),
                Case.of(all, "boolean", high, "t"));
    }

    private static Stream<Case> texts() {
        ColumnDefinition text = column("v", TypeKind.TEXT, ColumnType.NONE, true);
        ColumnDefinition label = column("v", TypeKind.ENUM, ColumnType.NONE, true);
        ColumnDefinition set = column("v", TypeKind.SET, ColumnType.NONE, true);
        ColumnDefinition json = column("v", TypeKind.JSON, ColumnType.NONE, true);
        String emoji = "\ud83d\ude00 \u00fc\t\n\\ \"";
        String big = "x".repeat(300_000);
        return Stream.of(
                Case.of(text, "text", "", "", emoji, emoji, big, big, "trail  ", "trail  ", null, "NULL"),
                Case.of(text, "varchar(3)", "\u00fc\ud83d\ude00c", "\u00fc\ud83d\ude00c", "", ""),
                Case.of(text, "char(4)", "ab", "ab  "),
                Case.of(text, "public.citext", "MiXed", "MiXed"),
                Case.of(text, "bytea", "ab", "\\x6162"),
                Case.of(text, "text", "\0a\0b", "ab", "\0", ""),
                Case.of(text, "uuid", "00112233-4455-6677-8899-AABBCCDDEEFF", "00112233-4455-6677-8899-aabbccddeeff"),
                Case.of(
                        label,
                        "replica.colour",
                        "",
                        "",
                        "red",
                        "red",
                        "blue, dark",
                        "blue, dark",
                        "\u00fc'\"",
                        "\u00fc'\""),
                Case.of(label, "text", "", "", "x,y", "x,y"),
                Case.of(
                        set,
                        "text[]",
                        "",
                        "{}",
                        "a",
                        "{a}",
                        "a,b c,\u00fc\"",
                        "{a,\"b c\",\"\u00fc\\\"\"}",
                        null,
                        "NULL"),
                Case.of(set, "varchar(10)[]", "a,b", "{a,b}"),
                Case.of(set, "text", "a,b", "a,b"),
                Case.of(
                        json,
                        "jsonb",
                        "{\"b\": 1, \"a\": [1, 2.50]}",
                        "{\"a\": [1, 2.50], \"b\": 1}",
                        "\"x\\u0000y\\\\u0000\"",
                        "\"xy\\\\u0000\"",
                        "12345678901234567890123",
                        "12345678901234567890123",
                        "null",
                        "null"),
                Case.of(json, "json", "{\"b\": 1,  \"a\": 2}", "{\"b\": 1,  \"a\": 2}", "\"\\u0000\"", "\"\""),
                Case.of(json, "text", "{\"b\": 1}", "{\"b\": 1}"));
    }

    private static Stream<Case> bytes() {
        ColumnDefinition blob = column("v", TypeKind.BLOB, ColumnType.NONE, true);
        byte[] uuid = new byte[16];
        uuid[0] = (byte) 0xFE;
        return Stream.of(
                Case.of(blob, "bytea", new byte[0], "\\x", new byte[] {0, 1, (byte) 255}, "\\x0001ff", null, "NULL"),
                Case.of(blob, "text", new byte[] {0, (byte) 255}, "\\x00ff"),
                Case.of(blob, "uuid", uuid, "fe000000-0000-0000-0000-000000000000"));
    }

    private static Stream<Case> times() {
        ColumnDefinition date = column("v", TypeKind.DATE, ColumnType.NONE, true);
        ColumnDefinition millis = column("v", TypeKind.DATETIME, 3, true);
        ColumnDefinition micros = column("v", TypeKind.DATETIME, 6, true);
        ColumnDefinition stamp = column("v", TypeKind.TIMESTAMP, 6, true);
        ColumnDefinition time = column("v", TypeKind.TIME, 6, true);
        long last = 253_402_300_799L;
        return Stream.of(
                Case.of(
                        date,
                        "date",
                        day("1000-01-01"),
                        "1000-01-01",
                        day("9999-12-31"),
                        "9999-12-31",
                        day("1969-12-31"),
                        "1969-12-31",
                        day("2000-02-29"),
                        "2000-02-29",
                        null,
                        "NULL"),
                Case.of(date, "timestamp", day("1999-12-31"), "1999-12-31 00:00:00"),
                Case.of(date, "text", day("1999-12-31"), "1999-12-31"),
                Case.of(column("v", TypeKind.DATE, ColumnType.NONE, false), "date", null, "-infinity"),
                Case.of(column("v", TypeKind.DATETIME, 0, false), "timestamp", null, "-infinity"),
                Case.of(column("v", TypeKind.TIMESTAMP, 0, false), "timestamptz", null, "-infinity"),
                Case.of(column("v", TypeKind.DATE, ColumnType.NONE, false), "text", null, "0000-00-00"),
                Case.of(
                        millis,
                        "timestamp(3)",
                        0L,
                        "1970-01-01 00:00:00",
                        last * 1000 + 999,
                        "9999-12-31 23:59:59.999",
                        -1L,
                        "1969-12-31 23:59:59.999"),
                Case.of(
                        micros,
                        "timestamp(6)",
                        last * 1_000_000 + 999_999,
                        "9999-12-31 23:59:59.999999",
                        -1L,
                        "1969-12-31 23:59:59.999999"),
                Case.of(
                        micros,
                        "text",
                        1L,
                        "1970-01-01 00:00:00.000001",
                        -62_167_219_200_000_000L,
                        "0000-01-01 00:00:00"),
                Case.of(
                        stamp,
                        "timestamptz",
                        "1970-01-01T00:00:01Z",
                        "1970-01-01 09:00:01+09",
                        "2038-01-19T03:14:07.999999Z",
                        "2038-01-19 12:14:07.999999+09",
                        "2024-02-29T23:59:59.5Z",
                        "2024-03-01 08:59:59.5+09"),
                Case.of(stamp, "timestamp", "2038-01-19T03:14:07.12Z", "2038-01-19 03:14:07.12"),
                Case.of(stamp, "text", "2038-01-19T03:14:07.12Z", "2038-01-19T03:14:07.12Z"),
                Case.of(
                        time,
                        "interval(6)",
                        hours(838, 59, 59),
                        "838:59:59",
                        -hours(838, 59, 59),
                        "-838:59:59",
                        -1L,
                        "-00:00:00.000001",
                        hours(24, 0, 0),
                        "24:00:00",
                        0L,
                        "00:00:00"),
                Case.of(time, "time", 0L, "00:00:00", hours(23, 59, 59) + 999_999, "23:59:59.999999"),
                Case.of(time, "bigint", -1L, "-1"),
                Case.of(time, "text", -hours(838, 59, 59), "-838:59:59", -1L, "-00:00:00.000001"));
    }

    static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    static int day(String text) {
        return (int) LocalDate.parse(text).toEpochDay();
    }

    static long hours(long hours, long minutes, long seconds) {
        return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000;
    }
}
