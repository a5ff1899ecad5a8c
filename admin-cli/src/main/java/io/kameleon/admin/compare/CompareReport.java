package io.kameleon.admin.compare;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison of one table found.
 *
 * @param destination     {@code schema.table}
 * @param sourceRows      read on the source; each side is read once, as of its own moment
 * @param destinationRows read on the destination
 * @param notes           what a reader should know: sentences without a full stop, without values
 * @param failure         why the table could not be compared; empty when it was
 */
public record CompareReport(
        TableId table,
        String destination,
        long sourceRows,
        long destinationRows,
        StructureFacts structure,
        Differences differences,
        List<String> notes,
        Optional<String> failure,
        long millis) {
    public CompareReport {
        requireNonNull(table, "table");
        requireNonNull(destination, "destination");
        requireNonNull(structure, "structure");
        requireNonNull(differences, "differences");
        requireNonNull(failure, "failure");
        notes = List.copyOf(notes);
    }

    static CompareReport failed(CompareTarget target, String failure, long millis) {
        return failed(target.source().id(), target.destination(), failure, millis);
    }

    static CompareReport failed(TableId table, String destination, String failure, long millis) {
        return new CompareReport(
                table,
                destination,
                0,
                0,
                StructureFacts.NONE,
                Differences.NONE,
                List.of(),
                Optional.of(failure),
                millis);
    }

    /** Same columns and same rows. A primary key or NOT NULL that differs is a fact of the structure, not of the rows. */
    public boolean isEqual() {
        return failure.isEmpty() && structure.hasSameColumns() && differences.isEmpty();
    }

    /** Whether rows that differ may yet become equal, so that a second look is of use. */
    public boolean canSettle() {
        return failure.isEmpty() && !differences.isEmpty();
    }
}
