package io.kameleon.benchmarks.workload;

import static java.util.Objects.requireNonNull;

/**
 * A column of a workload's table.
 *
 * @param nullable whether one value in ten is NULL
 */
public record BenchColumn(String name, ColumnKind kind, boolean nullable) {
    public BenchColumn {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
    }
}
