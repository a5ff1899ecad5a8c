package io.kameleon.reader.snapshot;

import static io.kameleon.reader.snapshot.SnapshotTables.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TestSources;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F34, F38: ranges of every kind of key cover each row exactly once. */
class KeyRangesIT {
    private static final String SCHEMA = "kameleon_ranges_it";
    private static final int ROWS = 500;
    private static final RangeSize SMALL = new RangeSize(40, 1L << 40);

    static Stream<Arguments> sourcesAndKeys() {
        return TestSources.all().stream()
                .flatMap(source -> keys().map(key -> Arguments.of(source, Named.of(key.columns, key))));
    }

    @ParameterizedTest
    @MethodSource("sourcesAndKeys")
    void rangesCoverEachRowOnce(SourceAddress address, Key key) {
        try (var tables = new SnapshotTables(SCHEMA, address)) {
            TableDefinition table = fill(tables, key);
            TableCopy copy = TableCopy.open(tables.server(), table, TableCopy.Options.DEFAULT.withRangeSize(SMALL));
            var numbers = new ArrayList<Integer>();
            int ranges = 0;
            try (SourceServer session = tables.server().another()) {
                for (Optional<KeyRange> range = copy.next(); range.isPresent(); range = copy.next()) {
                    ranges += 1;
                    numbers.addAll(read(copy, range.get(), session));
                    if (ranges == 2) { // a restart goes on behind the second range
                        copy = TableCopy.open(
                                tables.server(),
                                table,
                                TableCopy.Options.DEFAULT.withRangeSize(SMALL).withFinished(reread(range.get())));
                    }
                }
            }
            List<Integer> expected = tables.numbers("t");
            assertThat(numbers).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(expected).hasSizeGreaterThan(ROWS / 2);
            assertThat(ranges).isEqualTo(key.cut ? expected.size() / 40 + 1 : 1);
        }
    }

    private static KeyRange reread(KeyRange range) {
        KeyBound after =
                range.after() == null ? null : KeyBound.parse(range.after().text());
        KeyBound upTo =
                range.upTo() == null ? null : KeyBound.parse(range.upTo().text());
        return new KeyRange(range.number(), after, upTo);
    }

    private static List<Integer> read(TableCopy copy, KeyRange range, SourceServer session) {
        var sink = new SnapshotTables.Numbers();
        long rows = copy.read(range, session, new SnapshotTables.NumberEncoder(), sink);
        assertThat(rows).isEqualTo(sink.numbers.size());
        return sink.numbers;
    }

    private static TableDefinition fill(SnapshotTables tables, Key key) {
        tables.server().execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'");
        String names = String.join(", ", key.names());
        tables.create("t", key.columns, ", PRIMARY KEY (" + names + ")", "CHARACTER SET utf8mb4");
        tables.insert("t", key.literals, 1);
        return tables.definition("t", key.names(), key.definitions.toArray(ColumnDefinition[]::new));
    }

    private static Stream<Key> keys() {
        var letters = "aAbBzZ\u00e9\u00c9\u00df09_ '\\";
        return Stream.of(
                Key.of("k INT", column("k", TypeKind.INT, false, ""), true, r -> "" + (r.nextInt(ROWS * 1000) - 9000)),
                Key.of("k BIGINT", column("k", TypeKind.BIGINT, false, ""), true, r -> "" + r.nextLong()),
                Key.of(
                        "k BIGINT UNSIGNED",
                        column("k", TypeKind.BIGINT, true, ""),
                        true,
                        r -> Long.toUnsignedString(r.nextLong())),
                Key.of(
                        "k DECIMAL(30,10)",
                        column("k", TypeKind.DECIMAL, false, ""),
                        true,
                        r -> r.nextLong() + "." + r.nextInt(999)),
                Key.of(
                        "k VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
                        column("k", TypeKind.VARCHAR, false, "utf8mb4"),
                        true,
                        r -> text(r, letters, 3, "utf8mb4")),
                Key.of(
                        "k CHAR(12) CHARACTER SET latin1 COLLATE latin1_german2_ci",
                        column("k", TypeKind.CHAR, false, "latin1"),
                        true,
                        r -> text(r, letters, 4, "latin1")),
                Key.of(
                        "k VARCHAR(40) CHARACTER SET ucs2 COLLATE ucs2_unicode_ci",
                        column("k", TypeKind.VARCHAR, false, "ucs2"),
                        true,
                        r -> text(r, letters, 4, "ucs2")),
                Key.of(
                        "k VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                        column("k", TypeKind.VARCHAR, false, "utf8mb4"),
                        true,
                        r -> text(r, letters + "\ud83d\ude00", 4, "utf8mb4")),
                Key.of("k BINARY(16)", column("k", TypeKind.BINARY, false, ""), true, KeyRangesIT::uuidLike),
                Key.of(
                        "k VARBINARY(20)",
                        column("k", TypeKind.VARBINARY, false, ""),
                        true,
                        r -> bytes(r, r.nextInt(20))),
                Key.of("k DATE", column("k", TypeKind.DATE, false, ""), true, KeyRangesIT::date),
                Key.of(
                        "k DATETIME(6)",
                        column("k", TypeKind.DATETIME, false, ""),
                        true,
                        r -> "'" + date(r).substring(1, 11) + " 23:59:59." + (100_000 + r.nextInt(900_000)) + "'"),
                Key.of(
                        "k TIMESTAMP(3)",
                        column("k", TypeKind.TIMESTAMP, false, ""),
                        true,
                        r -> "FROM_UNIXTIME(" + r.nextInt(2_000_000_000) + ".125)"),
                Key.of(
                        "k TIME(6)",
                        column("k", TypeKind.TIME, false, ""),
                        true,
                        r -> "'" + (r.nextBoolean() ? "-" : "") + r.nextInt(838) + ":59:00.00000" + r.nextInt(10)
                                + "'"),
                Key.composite(
                        "a INT, b VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci, c DATE",
                        List.of(
                                column("a", TypeKind.INT, false, ""),
                                column("b", TypeKind.VARCHAR, false, "utf8mb4"),
                                column("c", TypeKind.DATE, false, "")),
                        true,
                        r -> r.nextInt(3) + ", " + text(r, "aAbB", 1, "utf8mb4") + ", " + date(r)),
                Key.composite(
                        "a INT, b ENUM('z','a'), c DOUBLE",
                        List.of(
                                column("a", TypeKind.INT, false, ""),
                                column("b", TypeKind.ENUM, false, "utf8mb4"),
                                column("c", TypeKind.DOUBLE, false, "")),
                        true,
                        r -> r.nextInt() + ", 1, " + r.nextDouble()),
                Key.of("k DOUBLE", column("k", TypeKind.DOUBLE, false, ""), false, r -> "" + r.nextDouble()));
    }

    private static String text(Random random, String letters, int length, String charset) {
        int[] points = letters.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        byte[] utf8 = (text + "x").getBytes(StandardCharsets.UTF_8);
        return "CONVERT(_utf8mb4 X'" + HexFormat.of().formatHex(utf8) + "' USING " + charset + ")";
    }

    private static String uuidLike(Random random) {
        return bytes(random, 14 + random.nextInt(3)); // the shorter ones end in zero bytes (F6)
    }

    private static String bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }

    private static String date(Random random) {
        return "'%04d-%02d-%02d'".formatted(random.nextInt(9999), random.nextInt(13), random.nextInt(32));
    }

    /**
     * A kind of key.
     *
     * @param cut whether its ranges hold exactly the wanted number of rows
     */
    record Key(String columns, List<ColumnDefinition> definitions, boolean cut, List<String> literals) {
        static Key of(String columns, ColumnDefinition column, boolean cut, Function<Random, String> literal) {
            return composite(columns, List.of(column), cut, literal);
        }

        static Key composite(
                String columns, List<ColumnDefinition> definitions, boolean cut, Function<Random, String> literal) {
            var random = new Random(42);
            var literals = new LinkedHashSet<String>();
            for (int i = 0; i < ROWS; i++) {
                literals.add(literal.apply(random));
            }
            return new Key(columns, definitions, cut, List.copyOf(literals));
        }

        List<String> names() {
            return definitions.stream().map(ColumnDefinition::name).toList();
        }
    }
}
