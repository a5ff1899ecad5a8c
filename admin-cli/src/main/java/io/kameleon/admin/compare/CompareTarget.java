package io.kameleon.admin.compare;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableDefinition;

/** A table of the source and where its replica should be. */
public record CompareTarget(TableDefinition source, String destinationSchema, String destinationTable) {
    public CompareTarget {
        requireNonNull(source, "source");
        requireNonNull(destinationSchema, "destinationSchema");
        requireNonNull(destinationTable, "destinationTable");
    }

    /** {@code schema.table} of the destination, for people. */
    public String destination() {
        return destinationSchema + "." + destinationTable;
    }
}
