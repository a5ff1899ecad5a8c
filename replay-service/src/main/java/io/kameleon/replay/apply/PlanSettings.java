package io.kameleon.replay.apply;

/**
 * How PostgreSQL is to plan the statements of a replay.
 *
 * <p>A prepared statement keeps its plan, and statistics lag behind a stream: a plan that was made while a table was small, or
 * new, reads the whole table for every batch long after it has grown. So each statement is planned for the rows that it is sent and the
 * size that the table has then. Rows lie in memory more often than the server's default price of a random page supposes; by that
 * price a large batch would read a whole table instead of its index.
 */
final class PlanSettings {
    /** Compiling a plan takes longer than running it here. */
    static final String OF_THE_SESSION =
            "SET plan_cache_mode = force_custom_plan; SET random_page_cost = 1.1; SET jit = off";

    private PlanSettings() {}
}
