package io.kameleon.benchmarks.run;

import io.kameleon.benchmarks.workload.CopyWorkload;
import io.kameleon.benchmarks.workload.LatencyWorkload;
import io.kameleon.benchmarks.workload.Workload;

/** What of the way from the source to PostgreSQL is measured. */
public enum Stage {
    /** The binlog of a workload, from its start, to Kafka. */
    READ,
    /** From Kafka, where the contender itself has put the workload before the clock starts, to PostgreSQL. */
    APPLY,
    /** The binlog to PostgreSQL, everything running at once. */
    END_TO_END,
    /** Commit on the source to visible in PostgreSQL, while the source commits at a steady rate. */
    LATENCY,
    /** The tables of a workload to PostgreSQL, as they stand, with keys and indexes; the whole command's time. */
    COPY;

    public boolean suits(Workload workload) {
        return switch (this) {
            case READ, APPLY, END_TO_END ->
                !(workload instanceof CopyWorkload) && !(workload instanceof LatencyWorkload);
            case LATENCY -> workload instanceof LatencyWorkload;
            case COPY -> workload instanceof CopyWorkload;
        };
    }
}
