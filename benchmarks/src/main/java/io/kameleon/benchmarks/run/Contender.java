package io.kameleon.benchmarks.run;

import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A program, or a pair of them, that moves a workload. Its processes are started for each run and have ended when the run
 * returns, whatever happened. Used by one thread.
 */
public interface Contender extends AutoCloseable {
    /** For options and reports: lower case, without spaces. */
    String name();

    Set<Stage> stages();

    /** Whether it takes part in a stage of a workload; a stage's usual meaning by default. */
    default boolean takesPart(Stage stage, Workload workload) {
        return stages().contains(stage) && stage.suits(workload);
    }

    /** Versions and settings for the report, in the order in which to show them; no secrets. */
    Map<String, String> configuration();

    /** Why it cannot take part with these servers; empty when it can. */
    default Optional<String> obstacle(Servers servers) {
        return Optional.empty();
    }

    /**
     * Called before the workload's changes, while its tables are empty (for COPY: while they hold their rows, and nothing has to
     * be done); for LATENCY before each run. What an earlier call has left is obsolete.
     *
     * @param directory for this contender and workload
     */
    default void prepare(Workload workload, Servers servers, Path directory) throws Exception {
        // most contenders need nothing but the binlog
    }

    /**
     * Runs one stage once. What is not part of the stage (creating tables, filling the topic for {@link Stage#APPLY}, starting
     * processes) happens before the clock starts.
     *
     * @throws Exception when the run is void; the others go on
     */
    StageResult run(StageRun run) throws Exception;

    /**
     * Drops what the run has left behind: topics, databases. Called after the rows were compared, and after a failure too; what
     * READ has put into Kafka may stay until APPLY of the same round.
     */
    default void discard(StageRun run) throws Exception {
        // nothing is left behind
    }

    @Override
    default void close() throws Exception {
        // nothing is left behind
    }
}
