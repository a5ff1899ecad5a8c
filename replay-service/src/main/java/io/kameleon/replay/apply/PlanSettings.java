package io.kameleon.replay.apply;

/**
 * How PostgreSQL is to plan the statements of a replay.
 *
 * <p>A prepared statement keeps its plan, and statistics lag behind a stream: a plan that was made while a table was small, or
 * new, reads the whole table for every batch long after it has grown. So changes by key are planned once, for an index, whatever
 * the statistics say. Rows without an identity have no index to be found by: those statements are planned for the rows that they
 * are sent.
 */
final class PlanSettings {
    /** Compiling a plan takes longer than running it here; the price of a plan that is to be avoided would set it off. */
    private static final String NO_COMPILATION = "SET jit = off";

    static final String OF_THE_SESSION = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
            + " SET enable_mergejoin = off; " + NO_COMPILATION;

    /** Until {@link #FOR_KEYS} or the end of the transaction. */
    static final String FOR_WHOLE_ROWS = "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_seqscan = on;"
            + " SET LOCAL enable_mergejoin = on";

    static final String FOR_KEYS = "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off;"
            + " SET LOCAL enable_mergejoin = off";

    private PlanSettings() {}
}
