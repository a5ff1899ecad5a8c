package io.kameleon.admin.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.replay.row.ValuePolicy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of difference is found and named. */
class CompareIT {
    private static CompareServers servers;

    @BeforeAll
    static void start(@TempDir Path directory) throws SQLException {
        servers = new CompareServers(directory);
    }

    @AfterAll
    static void stop() throws SQLException {
        servers.close();
    }

    @Test
    void missingExtraAndDifferentRowsAreNamed() throws SQLException {
        servers.onBoth("CREATE TABLE kinds (id INT PRIMARY KEY, name VARCHAR(20), amount DECIMAL(10,2))");
        servers.onSource("INSERT INTO kinds VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, NULL, 4)");
        servers.onDestination("INSERT INTO kinds VALUES (1, 'a', 1), (3, 'c', 3.01), (4, '', 5), (5, 'e', 5)");

        CompareReport report = servers.compare("kinds");

        assertThat(report.isEqual()).isFalse();
        assertThat(shown(report))
                .containsExactlyInAnyOrder(
                        "MISSING id=2 []", "EXTRA id=5 []", "DIFFERENT id=3 [amount]", "DIFFERENT id=4 [name, amount]");
        assertThat(report.differences().total()).isEqualTo(4);
        assertThat(report.sourceRows()).isEqualTo(4);
        assertThat(report.destinationRows()).isEqualTo(4);
    }

    @Test
    void textsThatDifferInCaseOnlyDiffer() throws SQLException {
        servers.onBoth("CREATE TABLE letters (id INT PRIMARY KEY, t VARCHAR(20))");
        servers.onSource("INSERT INTO letters VALUES (1, 'Abc'), (2, 'e'), (3, 'tail'), (4, 'ss')");
        servers.onDestination("INSERT INTO letters VALUES (1, 'abc'), (2, '\u00e9'), (3, 'tail '), (4, '\u00df')");

        assertThat(shown(servers.compare("letters")))
                .containsExactlyInAnyOrder(
                        "DIFFERENT id=1 [t]", "DIFFERENT id=2 [t]", "DIFFERENT id=3 [t]", "DIFFERENT id=4 [t]");
    }

    @Test
    void keysThatDifferInCaseOnlyAreTwoKeys() throws SQLException {
        servers.onSource(
                "CREATE TABLE codes (code VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v INT)",
                "INSERT INTO codes VALUES ('Shop', 1), ('b', 2)");
        servers.onDestination(
                "CREATE TABLE codes (code varchar(20) PRIMARY KEY, v int)",
                "INSERT INTO codes VALUES ('shop', 1), ('b', 2)");
        TableComparison comparison = servers.comparison("codes");

        CompareReport report = comparison.compare();

        String[] expected = {"MISSING code=Shop []", "EXTRA code=shop []"};
        assertThat(shown(report)).containsExactlyInAnyOrder(expected);
        assertThat(shown(comparison.recheck(report))).containsExactlyInAnyOrder(expected);
    }

    /** F38: the servers would order these keys in three ways. */
    @Test
    void theOrderOfCollationsDoesNotMatter() throws SQLException {
        String rows =
                "('a'), ('B'), ('_'), ('\u00e9'), ('Z'), ('z'), ('e'), ('10'), ('9'), ('\ud83d\ude00'), ('\ufffd'), (' x')";
        servers.onSource(
                "CREATE TABLE orders_of_text (k VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY)",
                "INSERT INTO orders_of_text VALUES " + rows);
        servers.onDestination(
                "CREATE TABLE orders_of_text (k varchar(20) PRIMARY KEY)", "INSERT INTO orders_of_text VALUES " + rows);

        assertThat(servers.compare("orders_of_text").isEqual()).isTrue();
    }

    @Test
    void theLastBitOfADoubleCountsAndTheSignOfZeroDoesNot() throws SQLException {
        servers.onSource(
                "CREATE TABLE floats (id INT PRIMARY KEY, d DOUBLE, f FLOAT)",
                "INSERT INTO floats VALUES (1, 0.1, 0.1), (2, -0.0, -0.0), (3, 0.3, 16777216)");
        servers.onDestination(
                "CREATE TABLE floats (id int PRIMARY KEY, d double precision, f real)",
                "INSERT INTO floats VALUES (1, 0.10000000000000002, 0.1), (2, 0, 0), (3, 0.3, 16777218)");

        assertThat(shown(servers.compare("floats")))
                .containsExactlyInAnyOrder("DIFFERENT id=1 [d]", "DIFFERENT id=3 [f]");
    }

    @Test
    void valuesThatWentToEachOthersRowsAreFound() throws SQLException {
        servers.onBoth("CREATE TABLE swapped (a INT, b INT, v INT, PRIMARY KEY (b, a))");
        servers.onSource("INSERT INTO swapped VALUES (1, 2, 10), (2, 1, 20), (3, 3, 30)");
        servers.onDestination("INSERT INTO swapped VALUES (1, 2, 20), (2, 1, 10), (3, 3, 30)");

        assertThat(shown(servers.compare("swapped")))
                .containsExactlyInAnyOrder("DIFFERENT b=2, a=1 [v]", "DIFFERENT b=1, a=2 [v]");
    }

    /** F42. */
    @Test
    void rowsWithoutAKeyAreComparedByNumber() throws SQLException {
        servers.onBoth("CREATE TABLE keyless (a INT, t VARCHAR(10))");
        servers.onSource("INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (2, NULL), (3, 'y')");
        servers.onDestination("INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (1, 'x'), (2, NULL), (3, 'z')");

        CompareReport report = servers.compare("keyless");

        assertThat(shown(report))
                .containsExactlyInAnyOrder("EXTRA a=1, t=x []", "MISSING a=3, t=y []", "EXTRA a=3, t=z []");
        assertThat(report.notes()).containsExactly("Without a key rows are compared whole");
    }

    @Test
    void structureThatDiffersIsTold() throws SQLException {
        servers.onSource(
                "CREATE TABLE structures (id INT NOT NULL, code INT NOT NULL, gone INT, PRIMARY KEY (id))",
                "INSERT INTO structures VALUES (1, 1, 1)");
        servers.onDestination(
                "CREATE TABLE structures (id int NOT NULL, code int, more int)",
                "INSERT INTO structures VALUES (1, 1, 1)");

        CompareReport report = servers.compare("structures");

        assertThat(report.isEqual()).isFalse();
        assertThat(report.differences().isEmpty()).isTrue();
        assertThat(report.structure())
                .isEqualTo(new StructureFacts(
                        List.of("gone"),
                        List.of("more"),
                        List.of(
                                "The primary key is (id) on the source and absent on the destination",
                                "Column 'code' is NOT NULL on the source only")));
    }

    @Test
    void aTableThatIsNotThereIsReported() throws SQLException {
        servers.onSource("CREATE TABLE only_here (id INT PRIMARY KEY)");

        CompareReport report = servers.compare("only_here");

        assertThat(report.isEqual()).isFalse();
        assertThat(report.failure()).contains("The destination has no such table");
    }

    /** Under a running replica a row may be on its way. */
    @Test
    void aSecondLookDropsRowsThatHaveArrived() throws SQLException {
        servers.onBoth("CREATE TABLE flights (id BIGINT, code VARCHAR(20), bytes VARCHAR(20), PRIMARY KEY (id, code))");
        servers.onSource("INSERT INTO flights VALUES (1, 'it''s \\\\ here', 'a'), (2, 'b', 'b'), (3, 'c', 'c')");
        servers.onDestination("INSERT INTO flights VALUES (2, 'b', 'old'), (4, 'd', 'd')");
        TableComparison comparison = servers.comparison("flights");
        CompareReport first = comparison.compare();
        assertThat(shown(first))
                .containsExactlyInAnyOrder(
                        "MISSING id=1, code=it's \\ here []",
                        "DIFFERENT id=2, code=b [bytes]",
                        "MISSING id=3, code=c []",
                        "EXTRA id=4, code=d []");

        servers.onDestination(
                "INSERT INTO flights VALUES (1, 'it''s \\ here', 'a')", "UPDATE flights SET bytes = 'b' WHERE id = 2");
        CompareReport second = comparison.recheck(first);
        servers.onSource("DELETE FROM flights WHERE id = 3");
        servers.onDestination("DELETE FROM flights WHERE id = 4");
        CompareReport third = comparison.recheck(second);

        assertThat(shown(second)).containsExactlyInAnyOrder("MISSING id=3, code=c []", "EXTRA id=4, code=d []");
        assertThat(third.isEqual()).isTrue();
        assertThat(third.notes()).containsExactly("Rows were in flight; looked at again, they are equal");
    }

    @Test
    void aSecondLookAtKeysWithoutExactLiteralsReadsTheTable() throws SQLException {
        servers.onSource("CREATE TABLE times (at DATETIME(3) PRIMARY KEY, v INT)");
        servers.onDestination("CREATE TABLE times (at timestamp(3) PRIMARY KEY, v int)");
        servers.onSource("INSERT INTO times VALUES ('2026-01-01 00:00:00.5', 1), ('2026-01-02', 2)");
        TableComparison comparison = servers.comparison("times");
        CompareReport first = comparison.compare();

        servers.onDestination("INSERT INTO times VALUES ('2026-01-02', 2)");

        assertThat(shown(comparison.recheck(first))).containsExactly("MISSING at=2026-01-01 00:00:00.5 []");
    }

    @Test
    void aKeyThatLostANulIsNotTakenForGone() throws SQLException {
        servers.onSource(
                "CREATE TABLE nul_keys (k VARCHAR(10) COLLATE utf8mb4_bin PRIMARY KEY, v INT)",
                "INSERT INTO nul_keys VALUES (CONCAT('a', CHAR(0), 'b'), 1)");
        servers.onDestination("CREATE TABLE nul_keys (k varchar(10) PRIMARY KEY, v int)");
        TableComparison comparison = servers.comparison("nul_keys");

        assertThat(shown(comparison.recheck(comparison.compare()))).containsExactly("MISSING k=ab []");
    }

    @Test
    void tooManyDifferencesAreCountedAsFarAsTheyAreKnown() throws SQLException {
        servers.onBoth("CREATE TABLE many (id INT PRIMARY KEY)");
        fill("many", 2_000, "n");
        var comparison = new TableComparison(
                servers.server(), servers.destination(), servers.target("many"), 2_000, CompareProgress.NONE, 500);

        Differences differences = comparison.compare().differences();

        assertThat(differences.isComplete()).isFalse();
        assertThat(differences.listed()).hasSize((int) differences.total()).hasSizeLessThanOrEqualTo(500);
        assertThat(differences.total() + differences.rowsUnlisted()).isEqualTo(2_000);
    }

    @Test
    void memoryDoesNotGrowWithTheTable() throws SQLException {
        int rows = 200_000;
        servers.onBoth("CREATE TABLE large (id INT PRIMARY KEY, t VARCHAR(1000))");
        fill("large", rows, "n, REPEAT('x', 900)");
        servers.onDestination(
                "INSERT INTO large SELECT n, repeat('x', 900) FROM generate_series(0, " + (rows - 1) + ") n");
        servers.onDestination("UPDATE large SET t = t || 'y' WHERE id = 123456");
        long before = usedBytes();
        var mostUsed = new AtomicLong();
        var lastRows = new AtomicLong();
        CompareProgress progress = (table, source, destination, estimated) -> {
            lastRows.set(source + destination);
            if ((source + destination) % 100_000 == 0) {
                mostUsed.accumulateAndGet(usedBytes(), Math::max);
            }
        };

        CompareReport report = new TableComparison(
                        servers.server(), servers.destination(), servers.target("large"), rows, progress)
                .compare();

        assertThat(shown(report)).containsExactly("DIFFERENT id=123456 [t]");
        assertThat(lastRows).hasValue(2L * rows);
        assertThat(mostUsed.get() - before).isPositive().isLessThan(60_000_000);
    }

    @Test
    void aSchemaIsComparedTableByTableAndShown() throws SQLException {
        servers.onBoth("CREATE TABLE shown_a (id INT PRIMARY KEY)", "CREATE TABLE shown_b (id INT PRIMARY KEY)");
        servers.onSource("INSERT INTO shown_b VALUES (7)");
        CompareTargets targets = CompareTargets.read(
                servers.server(),
                Map.of(CompareServers.SCHEMA, CompareServers.SCHEMA),
                id -> id.name().startsWith("shown_"),
                ValuePolicy.STANDARD);
        var comparison = new SchemaComparison(servers.server(), servers.destination(), targets, CompareProgress.NONE);

        List<CompareReport> reports = comparison.compare();

        assertThat(reports).extracting(CompareReport::isEqual).containsExactly(true, false);
        var text = new StringWriter();
        ReportText.print(new PrintWriter(text), reports);
        assertThat(text.toString())
                .contains("compare_it.shown_a  compare_it.shown_a            0                 0  equal")
                .contains("compare_it.shown_b: missing in the destination: id=7");
        assertThat(ReportText.map(reports.get(1)))
                .containsEntry("equal", false)
                .containsEntry("differences_total", 1L)
                .containsEntry(
                        "differences",
                        List.of(Map.of("kind", "missing", "key", Map.of("id", "7"), "columns", List.of())));

        servers.onDestination("INSERT INTO shown_b VALUES (7)");
        assertThat(comparison.canSettle()).isTrue();
        assertThat(comparison.recheck()).allMatch(CompareReport::isEqual);
    }

    @Test
    void theSessionOfPostgresStaysAsItWas() throws SQLException {
        servers.onBoth("CREATE TABLE sessions (id INT PRIMARY KEY)");

        servers.compare("sessions");

        assertThat(servers.destination().getAutoCommit()).isTrue();
        try (var statement = servers.destination().createStatement();
                var row = statement.executeQuery("SHOW TIME ZONE")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("Asia/Tokyo");
        }
    }

    /** Rows 0 to {@code rows - 1} on the source: {@code n} is the number. */
    private static void fill(String table, int rows, String values) throws SQLException {
        String digit = "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
                + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
        servers.onSource(
                "INSERT INTO " + table + " SELECT " + values + " FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d"
                        + " + 10000 * f.d + 100000 * g.d AS n FROM " + digit + " a, " + digit + " b, " + digit + " c, "
                        + digit + " e, "
                        + digit + " f, " + digit + " g) numbers WHERE n < " + rows);
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static List<String> shown(CompareReport report) {
        return report.differences().listed().stream()
                .map(d -> d.kind() + " " + d.key().text() + " " + d.columns())
                .toList();
    }
}
