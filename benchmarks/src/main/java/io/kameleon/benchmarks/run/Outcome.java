package io.kameleon.benchmarks.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How one run went.
 *
 * @param result      empty when the run failed
 * @param failure     why; empty when it did not
 * @param differences between source and destination after it, when they were compared
 */
public record Outcome(
        String workload,
        Stage stage,
        String contender,
        int round,
        Optional<StageResult> result,
        String failure,
        Optional<List<String>> differences) {
    public Outcome {
        requireNonNull(workload, "workload");
        requireNonNull(stage, "stage");
        requireNonNull(contender, "contender");
        requireNonNull(failure, "failure");
        differences = differences.map(List::copyOf);
    }

    /** Counts in medians: it ran to its end, and left equal rows. */
    public boolean isValid() {
        return result.isPresent() && differences.map(List::isEmpty).orElse(true);
    }
}
