package io.kameleon.admin.compare;

import static java.util.Objects.requireNonNull;

import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.schemas.table.TableDefinition;

/**
 * A table of the source and where its replica should be.
 *
 * @param values what the replication does with values that PostgreSQL cannot hold
 */
public record CompareTarget(
        TableDefinition source, String destinationSchema, String destinationTable, ValuePolicy values) {
    public CompareTarget {
        requireNonNull(values, "values");
        requireNonNull(source, "source");
        requireNonNull(destinationSchema, "destinationSchema");
        requireNonNull(destinationTable, "destinationTable");
    }

    /** A table whose values are replicated by the standard. */
    public CompareTarget(TableDefinition source, String destinationSchema, String destinationTable) {
        this(source, destinationSchema, destinationTable, ValuePolicy.STANDARD);
    }

    /** {@code schema.table} of the destination, for people. */
    public String destination() {
        return destinationSchema + "." + destinationTable;
    }
}
