package io.kameleon.benchmarks.measure;

import java.time.Duration;

/** Says how many rows have arrived so far. Asked by one thread, many times a second: it should be cheap. */
@FunctionalInterface
public interface RowCounter {
    /** Rows since the run began, an estimate except for 0 and for all; never falls. */
    long rows() throws Exception;

    /**
     * Whether everything has arrived, so that watching may end.
     *
     * @param seen        what {@link #rows} said last
     * @param expected    how many rows there are
     * @param sinceGrowth how long it has said so
     */
    default boolean isComplete(long seen, long expected, Duration sinceGrowth) {
        return seen >= expected;
    }
}
