package io.kameleon.reader.value;

import static io.kameleon.reader.value.ValueCase.AS_COPIED;
import static io.kameleon.reader.value.ValueCase.labels;
import static io.kameleon.reader.value.ValueCase.number;
import static io.kameleon.reader.value.ValueCase.sized;
import static io.kameleon.reader.value.ValueCase.text;

import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Boundary values of every type, for real servers. */
final class ValueCases {
    private static final int NONE = ColumnType.NONE;

    private ValueCases() {}

    static List<ValueCase> ofBothServers() {
        var cases = new ArrayList<ValueCase>();
        cases.addAll(integers());
        cases.addAll(numbers());
        cases.addAll(strings());
        cases.addAll(charsets());
        cases.addAll(bytes());
        cases.addAll(temporals());
        cases.addAll(labelled());
        cases.addAll(geometries());
        return cases;
    }

    /** As the servers store them: x, y, little-endian (F62). */
    private static List<ValueCase> geometries() {
        String point = "0101000000000000000000f03f0000000000000040";
        return List.of(
                ValueCase.of(
                        "GEOMETRY",
                        sized(TypeKind.GEOMETRY, NONE, NONE),
                        "ST_GeomFromText('POINT(1 2)')",
                        "0/" + point,
                        "ST_GeomFromText('POINT(1 2)', 3857)",
                        "3857/" + point,
                        "ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')",
                        "0/010700000000000000",
                        "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))')",
                        AS_COPIED),
                ValueCase.of(
                        "POLYGON",
                        sized(TypeKind.GEOMETRY, NONE, NONE),
                        "ST_GeomFromText('POLYGON((0 0,0 9,9 9,0 0),(1 2,1 3,2 3,1 2))')",
                        AS_COPIED));
    }

    static List<ValueCase> ofMySql() {
        return List.of(
                ValueCase.of(
                        "POINT",
                        sized(TypeKind.GEOMETRY, NONE, NONE),
                        "ST_GeomFromText('POINT(10 20)', 4326)", // latitude, longitude
                        "4326/010100000000000000000034400000000000002440"),
                ValueCase.of(
                        "VECTOR(3)",
                        sized(TypeKind.VECTOR, 3, NONE),
                        "STRING_TO_VECTOR('[1,-2.5,3e38]')",
                        List.of(1f, -2.5f, 3e38f),
                        "STRING_TO_VECTOR('[2e-38]')",
                        List.of(2e-38f)),
                ValueCase.of(
                        "VECTOR(16383)",
                        sized(TypeKind.VECTOR, 16_383, NONE),
                        "STRING_TO_VECTOR(CONCAT('[', REPEAT('0.5,', 16382), '7]'))",
                        AS_COPIED));
    }

    static List<ValueCase> ofMariaDb() {
        return List.of(
                same(
                        "UUID",
                        TypeKind.UUID,
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "00112233-4455-6677-8899-aabbccddee00",
                        "123e4567-e89b-12d3-a456-426614174000",
                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"),
                same("INET4", TypeKind.INET4, "0.0.0.0", "1.2.3.0", "127.0.0.1", "255.255.255.255"),
                same(
                        "INET6",
                        TypeKind.INET6,
                        "::",
                        "::1",
                        "1::",
                        "fe80::",
                        "2001:db8::ff00:42:8329",
                        "::ffff:1.2.3.4",
                        "::1.2.3.4",
                        "::0.1.0.2",
                        "::ffff:0.0.0.0",
                        "1:0:0:2::3",
                        "1::2:3:4:5:6:7",
                        "1:2:3:4:5:6:7::",
                        "1:0:2::3:4:5",
                        "1::2:0:0:3:4",
                        "ff:ff0:f0ff::1:2:3:ffff",
                        "1:2:3:4:5:6:7:8"));
    }

    private static ValueCase same(String sqlType, TypeKind kind, String... texts) {
        Object[] pairs = java.util.Arrays.stream(texts)
                .flatMap(text -> java.util.stream.Stream.of("'" + text + "'", text))
                .toArray();
        return ValueCase.of(sqlType, sized(kind, NONE, NONE), pairs);
    }

    private static List<ValueCase> integers() {
        return List.of(
                ValueCase.of("TINYINT", number(TypeKind.TINYINT, false), "-128", -128L, "127", 127L, "-1", -1L),
                ValueCase.of("TINYINT UNSIGNED", number(TypeKind.TINYINT, true), "0", 0L, "255", 255L),
                ValueCase.of("SMALLINT", number(TypeKind.SMALLINT, false), "-32768", -32768L, "32767", 32767L),
                ValueCase.of("SMALLINT UNSIGNED", number(TypeKind.SMALLINT, true), "65535", 65535L),
                ValueCase.of(
                        "MEDIUMINT", number(TypeKind.MEDIUMINT, false), "-8388608", -8388608L, "8388607", 8388607L),
                ValueCase.of("MEDIUMINT UNSIGNED", number(TypeKind.MEDIUMINT, true), "16777215", 16777215L),
                ValueCase.of(
                        "INT", number(TypeKind.INT, false), "-2147483648", -2147483648L, "2147483647", 2147483647L),
                ValueCase.of("INT UNSIGNED ZEROFILL", number(TypeKind.INT, true), "42", 42L, "4294967295", 4294967295L),
                ValueCase.of(
                        "BIGINT",
                        number(TypeKind.BIGINT, false),
                        "-9223372036854775808",
                        Long.MIN_VALUE,
                        "9223372036854775807",
                        Long.MAX_VALUE),
                ValueCase.of(
                        "BIGINT UNSIGNED",
                        number(TypeKind.BIGINT, true),
                        "0",
                        new BigDecimal("0"),
                        "9223372036854775807",
                        new BigDecimal("9223372036854775807"),
                        "9223372036854775808",
                        new BigDecimal("9223372036854775808"),
                        "18446744073709551615",
                        new BigDecimal("18446744073709551615")),
                ValueCase.of("BIT(1)", sized(TypeKind.BIT, 1, NONE), "0", false, "1", true),
                ValueCase.of("BIT(9)", sized(TypeKind.BIT, 9, NONE), "0", "0000", "b'100000001'", "0101", "2", "0200"),
                ValueCase.of(
                        "BIT(33)", sized(TypeKind.BIT, 33, NONE), "b'100000000000000000000000000000011'", "0300000001"),
                ValueCase.of(
                        "BIT(64)",
                        sized(TypeKind.BIT, 64, NONE),
                        "0x8000000000000001",
                        "0100000000000080",
                        "18446744073709551615",
                        "ffffffffffffffff"),
                ValueCase.of("YEAR", number(TypeKind.YEAR, false), "0000", 0L, "1901", 1901L, "2155", 2155L));
    }

    private static List<ValueCase> numbers() {
        String nines65 = "9".repeat(35) + "." + "9".repeat(30);
        return List.of(
                decimal(10, 0, "0", "-1", "9999999999", "-9999999999"),
                decimal(10, 2, "0.00", "-0.01", "99999999.99", "-99999999.99", "1.50"),
                decimal(18, 9, "123456789.123456789", "-123456789.123456789", "0.000000001"),
                decimal(18, 18, "0.123456789012345678", "-0.999999999999999999"),
                decimal(
                        19,
                        0,
                        "9223372036854775808",
                        "-9223372036854775808",
                        "-9223372036854775809",
                        "127",
                        "-128",
                        "128"),
                decimal(27, 1, "-12345678901234567890123456.7", "0.0"),
                decimal(65, 30, nines65, "-" + nines65, "0." + "0".repeat(29) + "1", "-1." + "0".repeat(30)),
                decimal(65, 0, "9".repeat(65), "-" + "9".repeat(65), "340282366920938463463374607431768211456"),
                ValueCase.of(
                        "FLOAT",
                        number(TypeKind.FLOAT, false),
                        "0.1",
                        0.1f,
                        "1e-45",
                        1e-45f,
                        "3.4028234e38",
                        3.4028234e38f,
                        "16777216",
                        16777216f,
                        "1234567.9",
                        1234567.9f,
                        "-0.0e0",
                        AS_COPIED,
                        "1.17549435e-38",
                        1.17549435e-38f),
                ValueCase.of("FLOAT(7,3)", sized(TypeKind.FLOAT, 7, 3), "1234.567", 1234.567f, "-0.001", -0.001f),
                ValueCase.of(
                        "DOUBLE",
                        number(TypeKind.DOUBLE, false),
                        "0.1",
                        0.1,
                        "-0.0e0",
                        AS_COPIED,
                        "2.2250738585072014e-308",
                        2.2250738585072014e-308,
                        "1.7976931348623157e308",
                        Double.MAX_VALUE,
                        "1234567.891234567",
                        1234567.891234567,
                        "123456789012345678",
                        123456789012345678d),
                ValueCase.of("DOUBLE(20,3)", sized(TypeKind.DOUBLE, 20, 3), "12345678901234.567", 12345678901234.567));
    }

    private static ValueCase decimal(int precision, int scale, String... values) {
        Object[] pairs = java.util.Arrays.stream(values)
                .flatMap(v -> java.util.stream.Stream.of(v, new BigDecimal(v).setScale(scale)))
                .toArray();
        return ValueCase.of(
                "DECIMAL(" + precision + "," + scale + ")", sized(TypeKind.DECIMAL, precision, scale), pairs);
    }

    private static List<ValueCase> strings() {
        return List.of(
                ValueCase.of(
                        "CHAR(10)", text(TypeKind.CHAR, 10, "utf8mb4"), "''", "", "'a  '", "a", "'äöü€😀'", "äöü€😀"),
                ValueCase.of("CHAR(0)", text(TypeKind.CHAR, 0, "utf8mb4"), "''", ""),
                ValueCase.of(
                        "CHAR(255)",
                        text(TypeKind.CHAR, 255, "utf8mb4"),
                        "REPEAT('😀', 255)",
                        "😀".repeat(255),
                        "'x'",
                        "x"),
                ValueCase.of(
                        "VARCHAR(20)",
                        text(TypeKind.VARCHAR, 20, "utf8mb4"),
                        "''",
                        "",
                        "'a  '",
                        "a  ",
                        "CONCAT('a', CHAR(0), 'b')",
                        "a\0b",
                        "'\\'\"\\\\'",
                        "'\"\\"),
                ValueCase.of(
                        "VARCHAR(16000)",
                        text(TypeKind.VARCHAR, 16000, "utf8mb4"),
                        "REPEAT('€', 16000)",
                        "€".repeat(16000)),
                ValueCase.of("TINYTEXT", text(TypeKind.TINYTEXT, NONE, "utf8mb4"), "REPEAT('x', 255)", "x".repeat(255)),
                ValueCase.of("TEXT", text(TypeKind.TEXT, NONE, "utf8mb4"), "REPEAT('y', 65535)", "y".repeat(65535)),
                ValueCase.of(
                        "MEDIUMTEXT",
                        text(TypeKind.MEDIUMTEXT, NONE, "utf8mb4"),
                        "REPEAT('ä', 2000000)",
                        "ä".repeat(2_000_000)),
                ValueCase.of("LONGTEXT", text(TypeKind.LONGTEXT, NONE, "utf8mb4"), "''", "", "'😀'", "😀"));
    }

    private static List<ValueCase> charsets() {
        return List.of(
                charset("utf8mb3", "äöü€"),
                charset("ascii", "abc~"),
                charset("latin1", "äöü€Ÿ\u0081"),
                charset("latin2", "Łódź"),
                charset("latin5", "İstanbulğ"),
                charset("latin7", "Āžē"),
                charset("cp1250", "Łódź"),
                charset("cp1251", "Привет"),
                charset("cp1256", "سلام"),
                charset("cp1257", "Āžē"),
                charset("cp850", "äöü"),
                charset("cp852", "Łódź"),
                charset("cp866", "Привет"),
                charset("koi8r", "Привет"),
                charset("koi8u", "Їжак"),
                charset("greek", "Ελλάδα"),
                charset("hebrew", "שלום"),
                charset("tis620", "สวัสดี"),
                charset("macroman", "äöü"),
                charset("macce", "Łódź"),
                charset("dec8", "äöü"),
                charset("hp8", "äöü"),
                charset("swe7", "ÅÄÖ"),
                charset("armscii8", "Հայ"),
                charset("keybcs2", "žluť"),
                charset("geostd8", "abc"),
                charset("ucs2", "aä€"),
                charset("utf16", "aä€😀"),
                charset("utf16le", "aä€😀"),
                charset("utf32", "aä€😀"),
                charset("gbk", "中文aä".substring(0, 3)),
                charset("gb2312", "中文a"),
                charset("gb18030", "中文a😀"),
                charset("big5", "中文a"),
                charset("sjis", "日本ﾊ\\"),
                charset("cp932", "日本①～"),
                charset("ujis", "日本ﾊ―"),
                charset("eucjpms", "日本①～"),
                charset("euckr", "한국갂"),
                ValueCase.of(
                        "VARCHAR(200) CHARACTER SET latin1",
                        text(TypeKind.VARCHAR, 200, "latin1"),
                        "_latin1 x'8081828D8F909DA0FF'",
                        "€\u0081‚\u008d\u008f\u0090\u009d\u00a0ÿ"),
                ValueCase.of(
                        "CHAR(5) CHARACTER SET ucs2", text(TypeKind.CHAR, 5, "ucs2"), "'ä '", "ä", "'äöüßx'", "äöüßx"),
                ValueCase.of("TEXT CHARACTER SET latin1", text(TypeKind.TEXT, NONE, "latin1"), "'äöü'", "äöü"));
    }

    private static ValueCase charset(String name, String sample) {
        String escaped = sample.replace("\\", "\\\\");
        return ValueCase.of(
                "VARCHAR(30) CHARACTER SET " + name,
                text(TypeKind.VARCHAR, 30, name),
                "'" + escaped + "'",
                sample,
                "''",
                "");
    }

    private static List<ValueCase> bytes() {
        String all = IntStream.range(0, 256)
                .mapToObj(i -> String.format("%02x", i))
                .collect(java.util.stream.Collectors.joining());
        return List.of(
                ValueCase.of(
                        "BINARY(4)",
                        sized(TypeKind.BINARY, 4, NONE),
                        "x'00000000'",
                        "00000000",
                        "x'01020300'",
                        "01020300",
                        "''",
                        "00000000",
                        "x'20202020'",
                        "20202020"),
                ValueCase.of(
                        "VARBINARY(300)",
                        sized(TypeKind.VARBINARY, 300, NONE),
                        "x'" + all + "'",
                        all,
                        "''",
                        "",
                        "x'00'",
                        "00"),
                ValueCase.of("TINYBLOB", sized(TypeKind.TINYBLOB, NONE, NONE), "x'00ff00'", "00ff00"),
                ValueCase.of("BLOB", sized(TypeKind.BLOB, NONE, NONE), "''", "", "x'" + all + "'", all),
                ValueCase.of(
                        "MEDIUMBLOB",
                        sized(TypeKind.MEDIUMBLOB, NONE, NONE),
                        "REPEAT(x'fe', 70000)",
                        "fe".repeat(70000)),
                ValueCase.of("LONGBLOB", sized(TypeKind.LONGBLOB, NONE, NONE), "x'ff'", "ff"));
    }

    private static List<ValueCase> temporals() {
        var cases = new ArrayList<ValueCase>();
        cases.add(ValueCase.of(
                "DATE",
                sized(TypeKind.DATE, NONE, NONE),
                "'1970-01-01'",
                0L,
                "'1000-01-01'",
                -354285L,
                "'9999-12-31'",
                2932896L,
                "'2024-02-29'",
                19782L,
                "'0000-00-00'",
                null,
                "'2020-00-00'",
                null,
                "'2020-02-30'",
                null,
                "'0001-01-01'",
                -719162L));
        cases.addAll(OldAndNewTemporals.cases());
        return cases;
    }

    private static List<ValueCase> labelled() {
        List<String> odd = List.of("a", "b,c", "it's", "", "😀", "ж");
        List<String> sixtyFour =
                IntStream.rangeClosed(1, 64).mapToObj(i -> "m" + i).toList();
        List<String> many = IntStream.rangeClosed(1, 300).mapToObj(i -> "e" + i).toList();
        return List.of(
                ValueCase.of(
                        "ENUM('a','b,c','it''s','','😀','ж')",
                        labels(TypeKind.ENUM, odd),
                        "'b,c'",
                        "b,c",
                        "'it''s'",
                        "it's",
                        "'😀'",
                        "😀",
                        "'ж'",
                        "ж",
                        "''",
                        ""),
                ValueCase.of("ENUM('x','y')", labels(TypeKind.ENUM, List.of("x", "y")), "'nothing'", "", "'y'", "y"),
                ValueCase.of(
                        "ENUM('" + String.join("','", many) + "')",
                        labels(TypeKind.ENUM, many),
                        "'e1'",
                        "e1",
                        "'e300'",
                        "e300"),
                ValueCase.of(
                        "SET('p','q','r')",
                        labels(TypeKind.SET, List.of("p", "q", "r")),
                        "''",
                        "",
                        "'r,p'",
                        "p,r",
                        "'p,q,r'",
                        "p,q,r"),
                ValueCase.of(
                        "SET('" + String.join("','", sixtyFour) + "')",
                        labels(TypeKind.SET, sixtyFour),
                        "'m64'",
                        "m64",
                        "'m1,m33,m64'",
                        "m1,m33,m64",
                        "18446744073709551615",
                        String.join(",", sixtyFour)));
    }
}
