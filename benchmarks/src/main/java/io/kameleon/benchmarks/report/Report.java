package io.kameleon.benchmarks.report;

import io.kameleon.benchmarks.run.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a reader needs to judge figures, or to measure them again.
 *
 * @param options        of the command: scale, seed, rounds
 * @param versions       of the servers
 * @param workloads      name to description
 * @param configurations contender to its settings
 */
public record Report(
        Instant started,
        String commit,
        Machine machine,
        Map<String, String> options,
        Map<String, String> versions,
        Map<String, String> workloads,
        Map<String, Map<String, String>> configurations,
        List<Outcome> outcomes) {
    public Report {
        options = new LinkedHashMap<>(options);
        versions = new LinkedHashMap<>(versions);
        workloads = new LinkedHashMap<>(workloads);
        configurations = new LinkedHashMap<>(configurations);
        outcomes = List.copyOf(outcomes);
    }

    /** Whether every run came to its end with equal rows. */
    public boolean isClean() {
        return outcomes.stream().allMatch(Outcome::isValid);
    }
}
