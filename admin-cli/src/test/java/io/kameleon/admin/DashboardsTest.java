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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Dashboards and alert rules ask for metrics that exist, and every alert has a test. */
class DashboardsTest {
    private static final Path DEPLOY = Documents.root().resolve("deploy");
    private static final Pattern METRIC = Pattern.compile("\\b(kameleon|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern FORM = Pattern.compile("_(bucket|sum|count)$");

    @Test
    void everyMetricOfADashboardIsDocumented() throws IOException {
        List<Path> dashboards = dashboards();
        assertThat(dashboards).hasSize(5);
        for (Path dashboard : dashboards) {
            assertThat(undocumented(Files.readString(dashboard, UTF_8)))
                    .as("%s", dashboard.getFileName())
                    .isEmpty();
        }
    }

    @Test
    void everyMetricOfARuleIsDocumented() throws IOException {
        for (String name : List.of("rules.yml", "rules-test.yml")) {
            assertThat(undocumented(
                            Files.readString(DEPLOY.resolve("prometheus").resolve(name), UTF_8)))
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void panelsAreCompleteAndInNoOthersPlace() throws IOException {
        for (Path dashboard : dashboards()) {
            JsonNode root = new ObjectMapper().readTree(dashboard.toFile());
            assertThat(root.get("uid").asText() + ".json")
                    .isEqualTo(dashboard.getFileName().toString());
            var places = new TreeSet<String>();
            for (JsonNode panel : root.get("panels")) {
                String title = panel.get("title").asText();
                JsonNode place = panel.get("gridPos");
                assertThat(places.add(place.get("x") + "," + place.get("y")))
                        .as(title)
                        .isTrue();
                assertThat(place.get("x").asInt() + place.get("w").asInt())
                        .as(title)
                        .isLessThanOrEqualTo(24);
                assertThat(panel.get("targets")).as(title).isNotEmpty().allSatisfy(target -> assertThat(
                                target.get("expr").asText())
                        .isNotBlank());
            }
        }
    }

    @Test
    void everyAlertHasATestThatFiresIt() throws IOException {
        String tests = Files.readString(DEPLOY.resolve("prometheus").resolve("rules-test.yml"), UTF_8);
        assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> assertThat(tests)
                .containsPattern("alertname: " + alert + "\\n\\s+exp_alerts:\\n"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> alerts() throws IOException {
        var root = (java.util.Map<String, Object>)
                new Yaml().load(Files.readString(DEPLOY.resolve("prometheus").resolve("rules.yml"), UTF_8));
        var names = new ArrayList<String>();
        for (var group : (List<java.util.Map<String, Object>>) root.get("groups")) {
            for (var rule : (List<java.util.Map<String, Object>>) group.get("rules")) {
                if (rule.containsKey("alert")) {
                    names.add(rule.get("alert").toString());
                }
            }
        }
        return names;
    }

    private static Set<String> undocumented(String text) throws IOException {
        Set<String> documented = MetricsDocument.names();
        var missing = new TreeSet<String>();
        var found = METRIC.matcher(text);
        while (found.find()) {
            String name = found.group();
            if (!documented.contains(name)
                    && !documented.contains(FORM.matcher(name).replaceFirst(""))) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY.resolve("grafana").resolve("dashboards"))) {
            return files.sorted().toList();
        }
    }
}
