package io.kameleon.benchmarks.run;

import static java.util.Objects.requireNonNull;

/**
 * Where a run has put a workload's tables in PostgreSQL.
 *
 * @param database of the benchmark's server
 */
public record Destination(String database, String schema) {
    public Destination {
        requireNonNull(database, "database");
        requireNonNull(schema, "schema");
    }
}
