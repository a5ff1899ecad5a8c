package io.kameleon.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Outcome;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void roundsAreSummedUpAsMedianAndSpreadWithTheRatioToKameleon() {
        String text = MarkdownReport.of(report(List.of(
                run("kameleon", 1, 2_000_000),
                run("kameleon", 2, 1_000_000),
                run("kameleon", 3, 4_000_000),
                run("other", 1, 500_000))));
        assertThat(text)
                .contains("All runs ended with equal rows.")
                .contains("| kameleon | 2,000,000 (1,000,000..4,000,000) |  | 5.0 | 100 | MySQL 2.0 | 3 of 3 |")
                .contains("| other | 500,000 (500,000..500,000) | 4.00 x |");
    }

    @Test
    void unequalRowsFailTheReportAndDoNotCount() throws Exception {
        Outcome differs = new Outcome(
                "W1",
                Stage.READ,
                "kameleon",
                2,
                run("kameleon", 1, 1).result(),
                "",
                Optional.of(List.of("narrow: 2 rows at the source, 1 in PostgreSQL")));
        Report report = report(List.of(run("kameleon", 1, 1_000_000), differs));
        assertThat(report.isClean()).isFalse();
        assertThat(MarkdownReport.of(report))
                .contains("**Some runs failed; see below.**")
                .contains("| 1 of 2 |")
                .contains("- W1 READ kameleon, round 2: narrow: 2 rows at the source, 1 in PostgreSQL");
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(report));
        assertThat(json.get("clean").asBoolean()).isFalse();
        assertThat(json.get("runs").get(1).get("differences").get(0).asText()).startsWith("narrow");
    }

    private static Outcome run(String contender, int round, long rows) {
        var activity = new Activity(rows, 1, rows * 5, rows * 6, 100L << 20, Map.of("MySQL", rows * 2), 1);
        return new Outcome(
                "W1", Stage.READ, contender, round, Optional.of(StageResult.of(activity)), "", Optional.empty());
    }

    private static Report report(List<Outcome> outcomes) {
        return new Report(
                Instant.EPOCH,
                "abc",
                new Machine(2, 8L << 30, "a processor", "Linux", 0.1),
                Map.of("scale", "1"),
                Map.of("source", "MySQL"),
                Map.of("W1", "inserts"),
                Map.of("kameleon", Map.of("reader", "-Xmx128m")),
                outcomes);
    }
}
