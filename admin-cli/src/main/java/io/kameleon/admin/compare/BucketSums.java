package io.kameleon.admin.compare;

import java.util.BitSet;

/**
 * One side's rows, dealt by the hash of their key into buckets that hold count and sums of the row hashes: equal in any
 * order of the rows (F38). Buckets with equal count and sums hold equal rows but for a chance of 2^-128. One thread at a time.
 */
final class BucketSums {
    static final int BUCKETS_MAX = 65_536;
    private static final int BUCKETS_MIN = 64;
    private static final int ROWS_PER_BUCKET = 64;

    private final long[] counts;
    private final long[] highs;
    private final long[] lows;

    /** @param buckets a power of two */
    BucketSums(int buckets) {
        counts = new long[buckets];
        highs = new long[buckets];
        lows = new long[buckets];
    }

    /** How many buckets serve a table well; a power of two. */
    static int bucketsFor(long rowsEstimated) {
        long wanted = Math.max(BUCKETS_MIN, Math.min(BUCKETS_MAX, rowsEstimated / ROWS_PER_BUCKET));
        return (int) Long.highestOneBit(wanted);
    }

    static int bucketOf(Hash128 key, int buckets) {
        return (int) key.low() & buckets - 1;
    }

    void add(Hash128 key, Hash128 row) {
        int bucket = bucketOf(key, counts.length);
        counts[bucket]++;
        highs[bucket] += row.high();
        lows[bucket] += row.low();
    }

    int buckets() {
        return counts.length;
    }

    long rows() {
        long rows = 0;
        for (long count : counts) {
            rows += count;
        }
        return rows;
    }

    long rows(int bucket) {
        return counts[bucket];
    }

    BitSet differing(BucketSums other) {
        var differing = new BitSet(counts.length);
        for (int i = 0; i < counts.length; i++) {
            boolean equal = counts[i] == other.counts[i] && highs[i] == other.highs[i] && lows[i] == other.lows[i];
            differing.set(i, !equal);
        }
        return differing;
    }
}
