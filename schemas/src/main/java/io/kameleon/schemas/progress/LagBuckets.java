package io.kameleon.schemas.progress;

import java.util.Arrays;
import java.util.List;

/**
 * Times from a source commit to where it has arrived, counted by fixed bounds: small, can be added up over time and processes, and
 * what a Prometheus histogram holds.
 *
 * <p>The bounds are part of the progress topic's contract: they may be added to at the end only.
 */
public final class LagBuckets {
    /** Upper bounds in milliseconds, inclusive; the last bucket, behind them, has none. */
    private static final long[] BOUNDS = {
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        30_000,
        60_000,
        300_000,
        900_000,
        3_600_000,
        21_600_000,
        86_400_000
    };

    public static final int SIZE = BOUNDS.length + 1;

    private LagBuckets() {}

    /** Bounds in seconds, without the last bucket's, which is endless. */
    public static double[] boundsSeconds() {
        return Arrays.stream(BOUNDS).mapToDouble(millis -> millis / 1000.0).toArray();
    }

    /** The bucket that a time belongs to. Below 0, which clocks that differ give, counts as 0. */
    public static int indexOf(long millis) {
        int found = Arrays.binarySearch(BOUNDS, Math.max(0, millis));
        return found >= 0 ? found : -found - 1;
    }

    /**
     * The time within which a part of what was counted has arrived, in seconds, straight between two bounds; NaN when nothing was
     * counted. For the last bucket its lower bound.
     *
     * @param counts per bucket; further ones, of a newer writer, count as the last
     * @param part   0 to 1
     */
    public static double quantileSeconds(List<Long> counts, double part) {
        long total = counts.stream().mapToLong(Long::longValue).sum();
        if (total == 0) {
            return Double.NaN;
        }
        double wanted = part * total;
        long before = 0;
        for (int i = 0; i < counts.size(); i++) {
            long here = counts.get(i);
            if (here > 0 && before + here >= wanted) {
                return secondsWithin(Math.min(i, BOUNDS.length), (wanted - before) / here);
            }
            before += here;
        }
        return secondsWithin(BOUNDS.length, 1);
    }

    private static double secondsWithin(int bucket, double part) {
        double lower = bucket == 0 ? 0 : BOUNDS[bucket - 1];
        double upper = bucket == BOUNDS.length ? lower : BOUNDS[bucket];
        return (lower + (upper - lower) * part) / 1000;
    }
}
