package io.kameleon.benchmarks.run;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.measure.Latencies;
import java.util.Optional;

/**
 * What a run has shown.
 *
 * @param activity    rows, time, processor and memory of the contender
 * @param latencies   of stage LATENCY only
 * @param destination tables to compare with the source; empty when the stage does not write any
 */
public record StageResult(Activity activity, Optional<Latencies> latencies, Optional<Destination> destination) {
    public static StageResult of(Activity activity) {
        return new StageResult(activity, Optional.empty(), Optional.empty());
    }

    public static StageResult of(Activity activity, Destination destination) {
        return new StageResult(activity, Optional.empty(), Optional.of(destination));
    }
}
