package io.kameleon.benchmarks.measure;

import java.util.Arrays;

/**
 * Latencies of single transactions, in milliseconds.
 *
 * @param count of transactions measured
 */
public record Latencies(long count, double median, double p95, double p99, double max) {
    /** @param nanos one for each transaction, in any order; at least one */
    public static Latencies of(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no latencies");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(
                sorted.length, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), millis(sorted[sorted.length - 1]));
    }

    /** The smallest value that is not below the given share of all values. */
    private static double at(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return millis(sorted[Math.max(1, rank) - 1]);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
