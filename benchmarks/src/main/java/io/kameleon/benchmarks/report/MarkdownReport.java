package io.kameleon.benchmarks.report;

import io.kameleon.benchmarks.measure.Spread;
import io.kameleon.benchmarks.run.Outcome;
import io.kameleon.benchmarks.run.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report for people. */
public final class MarkdownReport {
    private final Report report;
    private final List<Summary> summaries;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(Report report) {
        this.report = report;
        this.summaries = Summary.of(report.outcomes());
    }

    public static String of(Report report) {
        return new MarkdownReport(report).write();
    }

    private String write() {
        line("# Benchmark");
        line("");
        line(report.isClean() ? "All runs ended with equal rows." : "**Some runs failed; see below.**");
        facts("Run", Map.of("started", report.started().toString(), "commit", report.commit()));
        facts("Options", report.options());
        facts("Machine", report.machine().lines());
        facts("Servers", report.versions());
        for (Map.Entry<String, String> workload : report.workloads().entrySet()) {
            workload(workload.getKey(), workload.getValue());
        }
        report.configurations().forEach((contender, settings) -> facts("Settings of " + contender, settings));
        failures();
        return text.toString();
    }

    private void workload(String name, String description) {
        if (summaries.stream().noneMatch(summary -> summary.workload().equals(name))) {
            return;
        }
        heading(name + ": " + description);
        for (Stage stage : Stage.values()) {
            List<Summary> rows = summaries.stream()
                    .filter(summary -> summary.workload().equals(name) && summary.stage() == stage)
                    .toList();
            if (!rows.isEmpty()) {
                line("");
                table(stage, rows);
            }
        }
    }

    private void table(Stage stage, List<Summary> rows) {
        boolean latency = stage == Stage.LATENCY;
        line("| " + stage + (latency ? " | median ms | p95 ms | p99 ms | max ms" : " | rows/s (min..max) | Kameleon is")
                + " | CPU µs/row | peak MB | servers' CPU µs/row | valid runs |");
        line("|---|" + "---:|".repeat(latency ? 4 : 2) + "---:|---:|---|---:|");
        Optional<Spread> kameleon = rows.stream()
                .filter(row -> row.contender().startsWith("kameleon"))
                .flatMap(row -> row.rowsPerSecond().stream())
                .findFirst();
        for (Summary row : rows) {
            line("| " + row.contender() + " | " + (latency ? latency(row) : speed(row, kameleon)) + " | "
                    + figure(row.cpuPerRow(), "%.1f") + " | " + figure(row.peakMegabytes(), "%.0f") + " | "
                    + servers(row) + " | " + row.valid() + " of " + row.runs() + " |");
        }
    }

    private static String speed(Summary row, Optional<Spread> kameleon) {
        if (row.rowsPerSecond().isEmpty()) {
            return "failed | ";
        }
        Spread own = row.rowsPerSecond().get();
        String ratio = kameleon.isPresent() && !row.contender().startsWith("kameleon") && own.median() > 0
                ? number("%.2f x", kameleon.get().median() / own.median())
                : "";
        return number("%,.0f (%,.0f..%,.0f)", own.median(), own.min(), own.max()) + " | " + ratio;
    }

    private static String latency(Summary row) {
        return row.latency()
                .map(l -> number("%.1f | %.1f | %.1f | %.1f", l.median(), l.p95(), l.p99(), l.max()))
                .orElse("failed | | |");
    }

    private static String figure(Optional<Spread> value, String format) {
        return value.map(spread -> number(format, spread.median())).orElse("");
    }

    private static String servers(Summary row) {
        return row.serverCpu().entrySet().stream()
                .map(server -> number(server.getKey() + " %.1f", server.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void failures() {
        List<Outcome> failed =
                report.outcomes().stream().filter(outcome -> !outcome.isValid()).toList();
        if (failed.isEmpty()) {
            return;
        }
        heading("Failed runs");
        line("");
        for (Outcome outcome : failed) {
            String why = outcome.differences()
                    .map(differences -> String.join("; ", differences))
                    .orElse(outcome.failure());
            line("- " + outcome.workload() + " " + outcome.stage() + " " + outcome.contender() + ", round "
                    + outcome.round() + ": " + why.replace("\n", "\n  "));
        }
    }

    private void facts(String title, Map<String, String> facts) {
        if (facts.isEmpty()) {
            return;
        }
        heading(title);
        line("");
        facts.forEach((name, value) -> line("- " + name + ": " + value));
    }

    private void heading(String title) {
        line("");
        line("## " + title);
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
