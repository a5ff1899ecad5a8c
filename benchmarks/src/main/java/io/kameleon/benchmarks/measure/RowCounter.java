package io.kameleon.benchmarks.measure;

/** Says how many rows have arrived so far. Asked by one thread, many times a second: it should be cheap. */
@FunctionalInterface
public interface RowCounter {
    /** Rows since the run began, an estimate except for 0 and for all; never falls. */
    long rows() throws Exception;
}
