package io.kameleon.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every type of both servers with its boundary values. */
final class FidelityCases {
    private static final Set<SourceKind> BOTH = EnumSet.allOf(SourceKind.class);
    private static final Set<SourceKind> MYSQL = EnumSet.of(SourceKind.MYSQL);
    private static final Set<SourceKind> MARIADB = EnumSet.of(SourceKind.MARIADB);
    private static final String ALL_BYTES =
            IntStream.range(0, 256).mapToObj(i -> String.format("%02x", i)).collect(Collectors.joining("", "x'", "'"));

    private final List<FidelityCase> cases = new ArrayList<>();

    private FidelityCases() {}

    static List<FidelityCase> on(SourceKind kind) {
        return all().stream().filter(c -> c.isOn(kind)).toList();
    }

    static List<FidelityCase> all() {
        var all = new FidelityCases();
        all.integers();
        all.numbers();
        all.bits();
        all.texts();
        all.charsets();
        all.bytes();
        all.times();
        all.labels();
        all.documents();
        all.objects();
        return all.cases;
    }

    private void both(String type, String postgres, String edges, List<String> keyed, String... others) {
        cases.add(new FidelityCase(type, postgres, edges, keyed, List.of(others), BOTH));
    }

    private void only(
            Set<SourceKind> servers, String type, String postgres, String edges, List<String> keyed, String... others) {
        cases.add(new FidelityCase(type, postgres, edges, keyed, List.of(others), servers));
    }

    private static List<String> quoted(String... texts) {
        return Arrays.stream(texts)
                .map(t -> "'" + t.replace("\\", "\\\\").replace("'", "''") + "'")
                .toList();
    }

    private void integers() {
        integer("TINYINT", "smallint", "-128", "127");
        both("TINYINT(1)", "smallint", "0, 1, 2, -1", List.of("0", "1", "2", "-1"));
        both("BOOLEAN", "smallint", "true, false", List.of("true", "false"));
        integer("TINYINT UNSIGNED", "smallint", "0", "255");
        integer("SMALLINT", "smallint", "-32768", "32767");
        integer("SMALLINT UNSIGNED", "integer", "0", "65535");
        integer("MEDIUMINT", "integer", "-8388608", "8388607");
        integer("MEDIUMINT UNSIGNED", "integer", "0", "16777215");
        integer("INT", "integer", "-2147483648", "2147483647");
        integer("INT UNSIGNED", "bigint", "0", "4294967295");
        both("INT(5) UNSIGNED ZEROFILL", "bigint", "00042", List.of("42", "4294967295"));
        integer("BIGINT", "bigint", "-9223372036854775808", "9223372036854775807");
        integer("BIGINT UNSIGNED", "numeric(20,0)", "9223372036854775808", "18446744073709551615");
    }

    private void integer(String type, String postgres, String min, String max) {
        both(type, postgres, min + ", " + max, List.of(min, max, "1"));
    }

    private void numbers() {
        String nines = "9".repeat(35) + "." + "9".repeat(30);
        both("DECIMAL", "numeric(10,0)", "10 digits", List.of("9999999999", "-9999999999", "0"));
        both("DECIMAL(10,2)", "numeric(10,2)", "-0.00, -0.01", List.of("0", "-0.01", "99999999.99", "1.50"), "-0.00");
        both("DECIMAL(5,2) UNSIGNED", "numeric(5,2)", "999.99", List.of("0", "999.99"));
        both(
                "DECIMAL(65,30)",
                "numeric(65,30)",
                "65 digits, the last of 30 after the point",
                List.of(nines, "-" + nines, "0." + "0".repeat(29) + "1"));
        both("DECIMAL(65,0)", "numeric(65,0)", "65 digits", List.of("9".repeat(65), "-" + "9".repeat(65)));
        both(
                "FLOAT",
                "real",
                "0.1, 1e-45, greatest, -0.0, 16777217",
                List.of("0.1", "1e-45", "3.4028234e38", "16777217", "1234567.9", "-1.17549435e-38"),
                "-0.0e0",
                "0");
        both("FLOAT(7,3)", "real", "1234.567", List.of("1234.567", "-0.001"));
        both("FLOAT(30)", "double precision", "is a DOUBLE", List.of("0.1", "1e300"));
        both(
                "DOUBLE",
                "double precision",
                "5e-324, greatest, -0.0, 0.1",
                List.of("5e-324", "1.7976931348623157e308", "0.1", "-1e-300", "123456789.123456789"),
                "-0.0e0",
                "0");
        both("DOUBLE(12,4)", "double precision", "digits declared", List.of("12345678.1234", "-0.0001"));
        both("REAL", "double precision", "is a DOUBLE", List.of("0.1"));
    }

    private void bits() {
        both("BIT(1)", "bit(1)", "0, 1", List.of("b'0'", "b'1'"));
        both("BIT(9)", "bit(9)", "highest and lowest bit", List.of("b'100000001'", "b'0'", "b'010000000'"));
        both("BIT(33)", "bit(33)", "33 bits", List.of("0x100000003", "1"));
        both("BIT(64)", "bit(64)", "highest bit, all bits", List.of("0x8000000000000001", "0xffffffffffffffff", "0"));
    }

    private void texts() {
        String[] samples = {"", "a", "two words", "ünïcödé", "😀🏳️‍🌈", "it's \"quoted\" \\", "line\nbreak\ttab"};
        both("CHAR(20)", "character varying(20)", "trailing spaces, empty, emoji", quoted(samples), "'spaces   '");
        both(
                "VARCHAR(100)",
                "character varying(100)",
                "trailing spaces, empty, emoji, NUL (stripped)",
                quoted(samples),
                "'spaces   '",
                "'  '",
                "_utf8mb4 x'00'",
                "_utf8mb4 x'610062'");
        both(
                "VARCHAR(16000)",
                "character varying(16000)",
                "16,000 characters of 4 bytes",
                List.of(),
                "REPEAT('😀', 16000)");
        both("NCHAR(5)", "character varying(5)", "synonym, utf8mb3", List.of("'äöüßx'"));
        both(
                "CHARACTER VARYING(9) COLLATE utf8mb4_bin",
                "character varying(9)",
                "'a' beside 'A'",
                List.of("'a'", "'A'"));
        both("TINYTEXT", "text", "255 bytes", List.of(), "''", "REPEAT('x', 255)");
        both("TEXT", "text", "65,535 bytes", List.of(), "''", "REPEAT('x', 65535)", "'ünïcödé 😀'");
        both("MEDIUMTEXT", "text", "70,000 characters", List.of(), "REPEAT('ü', 70000)");
        both("LONGTEXT", "text", "1 MB", List.of(), "REPEAT('x', 1048576)");
    }

    private void charsets() {
        var samples = new TreeMap<>(Map.ofEntries(
                Map.entry("utf8mb3", "äöü€"),
                Map.entry("ascii", "abc~"),
                Map.entry("latin1", "äöü€Ÿ"),
                Map.entry("latin2", "Łódź"),
                Map.entry("latin5", "İstanbulğ"),
                Map.entry("latin7", "Āžē"),
                Map.entry("cp1250", "Łódź"),
                Map.entry("cp1251", "Привет"),
                Map.entry("cp1256", "سلام"),
                Map.entry("cp1257", "Āžē"),
                Map.entry("cp850", "äöü"),
                Map.entry("cp852", "Łódź"),
                Map.entry("cp866", "Привет"),
                Map.entry("koi8r", "Привет"),
                Map.entry("koi8u", "Їжак"),
                Map.entry("greek", "Ελλάδα"),
                Map.entry("hebrew", "שלום"),
                Map.entry("tis620", "สวัสดี"),
                Map.entry("macroman", "äöü"),
                Map.entry("macce", "Łódź"),
                Map.entry("dec8", "äöü"),
                Map.entry("hp8", "äöü"),
                Map.entry("swe7", "ÅÄÖ"),
                Map.entry("armscii8", "Հայ"),
                Map.entry("keybcs2", "žluť"),
                Map.entry("geostd8", "abc"),
                Map.entry("ucs2", "aä€"),
                Map.entry("utf16", "aä€😀"),
                Map.entry("utf16le", "aä€😀"),
                Map.entry("utf32", "aä€😀"),
                Map.entry("gbk", "中文a"),
                Map.entry("gb2312", "中文a"),
                Map.entry("big5", "中文a"),
                Map.entry("sjis", "日本ﾊ"),
                Map.entry("cp932", "日本①～"),
                Map.entry("ujis", "日本ﾊ―"),
                Map.entry("eucjpms", "日本①～"),
                Map.entry("euckr", "한국갂")));
        samples.forEach((charset, sample) -> both(
                "VARCHAR(30) CHARACTER SET " + charset,
                "character varying(30)",
                sample,
                List.of("'" + sample + "'", "'x'")));
        only(MYSQL, "VARCHAR(30) CHARACTER SET gb18030", "character varying(30)", "中文a😀", List.of("'中文a😀'", "'x'"));
        both(
                "VARCHAR(40) CHARACTER SET latin1",
                "character varying(40)",
                "bytes that cp1252 leaves undefined",
                List.of("_latin1 x'8081828D8F909DA0FF'"));
        both("CHAR(9) CHARACTER SET binary", "bytea", "is a BINARY", List.of("x'00ff'"));
        both("TEXT CHARACTER SET ucs2", "text", "äöü", List.of(), "'äöü'");
    }

    private void bytes() {
        both(
                "BINARY(4)",
                "bytea",
                "ends in 00, all zero, all spaces",
                List.of("x'00000000'", "x'01020300'", "x'20202020'", "x'ff'"));
        both("BINARY(16)", "bytea", "a UUID that ends in 00", List.of("x'00112233445566778899aabbccddee00'"));
        both("VARBINARY(300)", "bytea", "empty, 00, all 256 bytes", List.of("''", "x'00'", "x'0000'", ALL_BYTES));
        both("TINYBLOB", "bytea", "empty, 00ff00", List.of(), "''", "x'00ff00'");
        both("BLOB", "bytea", "all 256 bytes", List.of(), "''", ALL_BYTES);
        both("MEDIUMBLOB", "bytea", "70,000 bytes", List.of(), "REPEAT(x'fe', 70000)");
        both("LONGBLOB", "bytea", "1 MB", List.of(), "REPEAT(x'00ff', 524288)");
    }

    private void times() {
        String zero = "zero and partial dates (null, in a NOT NULL column -infinity)";
        both(
                "DATE",
                "date",
                "years 1, 1000, 9999, " + zero,
                quoted("0001-01-01", "1000-01-01", "9999-12-31", "2024-02-29", "1969-12-31", "0000-00-00"),
                "'2020-00-00'",
                "'2020-02-30'",
                "'2020-01-00'",
                "'0000-01-01'");
        for (int digits = 0; digits <= 6; digits++) {
            String fraction = digits == 0 ? "" : "." + "9".repeat(digits);
            String size = digits == 0 ? "" : "(" + digits + ")";
            both(
                    "DATETIME" + size,
                    "timestamp(" + digits + ") without time zone",
                    "years 1000 and 9999, an hour that daylight saving skips, zero and partial dates",
                    quoted(
                            "1000-01-01 00:00:00",
                            "9999-12-31 23:59:59" + fraction,
                            "2026-03-29 02:30:00" + fraction,
                            "0000-00-00 00:00:00"),
                    "'2020-00-00 01:02:03'",
                    "'1969-12-31 23:59:59" + fraction + "'");
            both(
                    "TIMESTAMP" + size,
                    "timestamp(" + digits + ") with time zone",
                    "first and last second, zero",
                    quoted(
                            "1970-01-01 00:00:01",
                            "2038-01-19 03:14:07" + fraction,
                            "2026-03-29 02:30:00",
                            "0000-00-00 00:00:00"));
            both(
                    "TIME" + size,
                    digits == 6 ? "interval(6)" : "interval(" + digits + ")",
                    "-838:59:59, 838:59:59, 24:00:00, least fraction below zero",
                    quoted(
                            "-838:59:59",
                            "838:59:59",
                            "24:00:00",
                            "00:00:00",
                            "-00:00:01" + (digits == 0 ? "" : "." + "0".repeat(digits - 1) + "1"),
                            "12:34:56" + fraction));
        }
        both("YEAR", "smallint", "0000, 1901, 2155", List.of("'0000'", "1901", "2155"));
    }

    private void labels() {
        both(
                "ENUM('a','b,c','it''s','(x)','ж',' lead')",
                "enum",
                "comma, quote, bracket, leading space, invalid value 0",
                quoted("a", "b,c", "it's", "(x)", "ж", " lead"),
                "''");
        // MySQL tells such a label only while a row has it.
        only(MARIADB, "ENUM('a','😀','?')", "enum", "an emoji, which SHOW CREATE TABLE hides", quoted("a", "😀", "?"));
        both("ENUM('', 'x')", "enum", "a declared empty label", List.of("'x'", "''"));
        both(
                "ENUM('" + "é".repeat(40) + "','x')",
                "text",
                "a label over 63 bytes (with a check)",
                List.of("'" + "é".repeat(40) + "'", "'x'"));
        both("ENUM(" + numbered("e", 300) + ")", "enum", "300 labels", List.of("'e1'", "'e256'", "'e300'"));
        both("SET('p','q''s','r')", "text[]", "empty, all, a quote", List.of("''", "'p'", "'r,p'", "'p,q''s,r'"));
        both(
                "SET(" + numbered("m", 64) + ")",
                "text[]",
                "64 members: the last, all",
                List.of("'m64'", "'m1,m33,m64'", "18446744073709551615"));
        both("ENUM('ä','ö') CHARACTER SET latin1", "enum", "labels in another character set", List.of("'ä'", "'ö'"));
    }

    private static String numbered(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "'" + prefix + i + "'")
                .collect(Collectors.joining(","));
    }

    private void documents() {
        only(
                MYSQL,
                "JSON",
                "jsonb",
                "big and small numbers, decimals, dates, deep nesting, over 64 KB, \\u0000 (stripped), scalars, json null",
                List.of(),
                "'{\"b\": [1, -1, 18446744073709551615, -9223372036854775808, 1.5e300, 0.1, -0.0], \"a\": null}'",
                "JSON_OBJECT('d', CAST('123456789012345678901234567890.123456789' AS DECIMAL(65,9)), 't',"
                        + " CAST('2024-02-29 12:34:56.789' AS DATETIME(6)), 'x', CAST('-12:00:00' AS TIME))",
                "'\"text \\\\u00fc \\\\ud83d\\\\ude00\"'",
                "'\"a\\\\u0000b\"'",
                "'null'",
                "'42'",
                "'{}'",
                "'[]'",
                "CONCAT(REPEAT('[', 90), REPEAT(']', 90))",
                "JSON_ARRAY(REPEAT('x', 70000), REPEAT('y', 70000))",
                "'{\"\": 1, \"a\": 1, \"a\": 2}'");
        only(
                MARIADB,
                "JSON",
                "text",
                "text as it was written, spaces included",
                List.of(),
                "'{\"a\":  [1,2], \"a\": 1.50}'",
                "'\"ü\"'",
                "'null'");
    }

    private void objects() {
        String[] shapes = {
            "GEOMETRY", "POINT(1 2)",
            "POINT", "POINT(-1.5 1e300)",
            "LINESTRING", "LINESTRING(0 0,1 1,2 0)",
            "POLYGON", "POLYGON((0 0,0 9,9 9,0 0),(1 2,1 3,2 3,1 2))",
            "MULTIPOINT", "MULTIPOINT(1 2,3 4)",
            "MULTILINESTRING", "MULTILINESTRING((0 0,1 1),(2 2,3 3))",
            "MULTIPOLYGON", "MULTIPOLYGON(((0 0,0 1,1 1,0 0)))",
            "GEOMETRYCOLLECTION", "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))"
        };
        for (int i = 0; i < shapes.length; i += 2) {
            both(
                    shapes[i],
                    "bytea",
                    "SRID 0 and 4326",
                    List.of(),
                    "ST_GeomFromText('" + shapes[i + 1] + "')",
                    "ST_GeomFromText('" + shapes[i + 1].replace("1e300", "45") + "', 4326)");
        }
        both(
                "GEOMETRY NULL",
                "bytea",
                "empty collection, SRID 3857",
                List.of(),
                "ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')",
                "ST_GeomFromText('POINT(1 2)', 3857)");
        only(MYSQL, "POINT SRID 4326", "bytea", "declared SRID", List.of(), "ST_GeomFromText('POINT(10 20)', 4326)");
        only(
                MYSQL,
                "VECTOR(3)",
                "real[]",
                "fewer dimensions than declared, -0.0",
                List.of(),
                "STRING_TO_VECTOR('[1,-2.5,3e38]')",
                "STRING_TO_VECTOR('[2e-38]')",
                "x'0000008000000000'");
        only(
                MYSQL,
                "VECTOR(16383)",
                "real[]",
                "16,383 dimensions",
                List.of(),
                "STRING_TO_VECTOR(CONCAT('[', REPEAT('0.5,', 16382), '7]'))");
        only(
                MARIADB,
                "UUID",
                "uuid",
                "all zero, all ones, ends in 00, versions 1, 4 and 7",
                quoted(
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "00112233-4455-6677-8899-aabbccddee00",
                        "c232ab00-9414-11ec-b3c8-9e6bdeced846",
                        "919108f7-52d1-4320-9bac-f847db4148a8",
                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
        only(
                MARIADB,
                "INET4",
                "inet",
                "0.0.0.0, 255.255.255.255",
                quoted("0.0.0.0", "1.2.3.0", "127.0.0.1", "255.255.255.255"));
        only(
                MARIADB,
                "INET6",
                "inet",
                "::, ::1, embedded IPv4, one zero group",
                quoted(
                        "::",
                        "::1",
                        "fe80::",
                        "2001:db8::ff00:42:8329",
                        "::ffff:1.2.3.4",
                        "::1.2.3.4",
                        "1::2:3:4:5:6:7"));
    }
}
