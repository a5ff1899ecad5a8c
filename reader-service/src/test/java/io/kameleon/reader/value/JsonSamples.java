package io.kameleon.reader.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** SQL literals of JSON documents with every storage form. */
final class JsonSamples {
    private JsonSamples() {}

    static List<String> literals() {
        var literals = new ArrayList<String>(List.of(
                "'null'",
                "'true'",
                "'[]'",
                "'{}'",
                "'\"\"'",
                "'0'",
                "'-1'",
                "'32767'",
                "'-32768'",
                "'32768'",
                "'65535'",
                "'65536'",
                "'-2147483648'",
                "'4294967295'",
                "'9223372036854775807'",
                "'-9223372036854775808'",
                "'18446744073709551615'",
                "'123456789012345678901234567890'",
                "'[1, -1, 65535, 2147483647, -2147483648, 4294967295, true, false, null, \"s\"]'",
                "'{\"b\": 1, \"a\": {\"long key\": [1, [2, [3]]]}, \"\": null, \"ü\": \"😀\"}'",
                "'\"quote \\\\\" backslash \\\\\\\\ slash / tab \\\\t newline \\\\n bell \\\\u0007 nul \\\\u0000 del \\\\u007f\"'",
                "CAST(1.50 AS JSON)",
                "CAST(-0.001 AS JSON)",
                "CAST(12345678901234567890123456789012345.123456789012345678901234567890 AS JSON)",
                "CAST(DATE'2024-02-29' AS JSON)",
                "CAST(TIME'-838:59:58.000001' AS JSON)",
                "CAST(TIME'12:34:56' AS JSON)",
                "CAST(TIMESTAMP'2024-02-29 23:59:59.123456' AS JSON)",
                "CAST(CAST('2024-01-01' AS DATETIME) AS JSON)",
                "JSON_ARRAY(CAST(x'00ff' AS BINARY), CAST('x' AS BINARY(300)), b'101', ST_GeomFromText('POINT(1 2)'))",
                "JSON_OBJECT('d', 1.5e0, 't', CAST('10:00' AS TIME), 'n', NULL)"));
        for (String number : DOUBLES) {
            literals.add("JSON_ARRAY(" + number + "e0)");
        }
        literals.add("'" + randomDoubles() + "'");
        literals.add("'" + "[".repeat(99) + "]".repeat(99) + "'");
        literals.add(
                "'" + IntStream.range(0, 20_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"))
                        + "'");
        literals.add("'"
                + IntStream.range(0, 3_000)
                        .mapToObj(i -> "\"key" + i + "\": \"value " + "x".repeat(30) + i + "\"")
                        .collect(Collectors.joining(",", "{", "}"))
                + "'");
        literals.add("JSON_ARRAY(REPEAT('y', 127), REPEAT('y', 128), REPEAT('y', 20000))");
        return literals;
    }

    private static String randomDoubles() {
        var random = new Random(5);
        DoubleStream anyExponent = random.longs()
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .limit(1_000);
        DoubleStream aroundOne = random.doubles(3_000).map(d -> (d - 0.5) * Math.pow(10, random.nextInt(44) - 22));
        return DoubleStream.concat(anyExponent, aroundOne)
                .mapToObj(Double::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static final List<String> DOUBLES = List.of(
            "0.1",
            "1",
            "-0.0",
            "100",
            "1.5",
            "0.00001",
            "123456789012345",
            "1234567890123456",
            "999999999999999",
            "1000000000000000",
            "0.000000000000001",
            "0.0000000000000001",
            "1.7976931348623157",
            "3.141592653589793",
            "2.5",
            "12345678901234567890",
            "123456789.125",
            "0.30000000000000004");
}
