package io.kameleon.benchmarks.run;

import java.util.Map;
import java.util.Set;

/**
 * A program, or a pair of them, that moves a workload. Its processes are started for each run and have ended when the run
 * returns, whatever happened. Used by one thread.
 */
public interface Contender extends AutoCloseable {
    /** For options and reports: lower case, without spaces. */
    String name();

    Set<Stage> stages();

    /** Versions and settings for the report, in the order in which to show them; no secrets. */
    Map<String, String> configuration();

    /**
     * Runs one stage once. What is not part of the stage (creating tables, filling the topic for {@link Stage#APPLY}, starting
     * processes) happens before the clock starts.
     *
     * @throws Exception when the run is void; the others go on
     */
    StageResult run(StageRun run) throws Exception;

    /** Drops what the runs of a workload have left behind: topics, databases, directories. */
    @Override
    default void close() throws Exception {
        // nothing is left behind
    }
}
