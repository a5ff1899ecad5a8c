package io.kameleon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules and the dashboards' queries before Prometheus's own tool (Debian's package prometheus). */
@EnabledIf("io.kameleon.admin.AlertRulesIT#hasPromtool")
class AlertRulesIT {
    private static final Path RULES =
            Documents.root().resolve("deploy").resolve("prometheus").toAbsolutePath();

    @TempDir
    Path directory;

    static boolean hasPromtool() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }

    @Test
    void rulesAreValid() throws Exception {
        succeeds("check", "rules", RULES.resolve("rules.yml").toString());
        succeeds("check", "config", RULES.resolve("prometheus.yml").toString());
    }

    @Test
    void alertsFireAndClearWhenTheyShould() throws Exception {
        succeeds("test", "rules", RULES.resolve("rules-test.yml").toString());
    }

    /** Grafana's variables stand for what Prometheus takes. */
    @Test
    void queriesOfTheDashboardsAreValid() throws Exception {
        var rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
        for (String query : queries()) {
            rules.append("      - record: query\n        expr: ")
                    .append(new ObjectMapper().writeValueAsString(query.replace("$__rate_interval", "1m")))
                    .append("\n        labels: {number: \"")
                    .append(rules.length())
                    .append("\"}\n");
        }
        Path file = Files.writeString(directory.resolve("queries.yml"), rules, UTF_8);
        succeeds("check", "rules", file.toString());
    }

    private static List<String> queries() throws IOException {
        var queries = new ArrayList<String>();
        try (Stream<Path> dashboards =
                Files.list(Documents.root().resolve("deploy").resolve("grafana").resolve("dashboards"))) {
            for (Path dashboard : dashboards.toList()) {
                for (JsonNode panel :
                        new ObjectMapper().readTree(dashboard.toFile()).get("panels")) {
                    panel.get("targets")
                            .forEach(target -> queries.add(target.get("expr").asText()));
                }
            }
        }
        assertThat(queries).hasSizeGreaterThan(30);
        return queries;
    }

    private static void succeeds(String... words) throws Exception {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(RULES.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
