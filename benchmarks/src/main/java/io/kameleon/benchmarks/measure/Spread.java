package io.kameleon.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;

/** The middle and the ends of some rounds' values. */
public record Spread(double median, double min, double max) {
    /** @throws IllegalArgumentException when there are no values */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().getAsDouble());
    }
}
