package io.kameleon.benchmarks.run;

import static java.util.Objects.requireNonNull;

/**
 * The place in the source's binlog right before (or after) a workload's changes.
 *
 * @param gtidSet as the server writes it; empty when it keeps none
 */
public record BinlogStart(String file, long position, String gtidSet) {
    public BinlogStart {
        requireNonNull(file, "file");
        requireNonNull(gtidSet, "gtidSet");
    }
}
