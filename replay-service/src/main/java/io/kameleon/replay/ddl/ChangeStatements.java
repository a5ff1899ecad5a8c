package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One change of a table as PostgreSQL statements, to run in order in one transaction.
 *
 * @param statements   empty when nothing in PostgreSQL changes
 * @param notes        what the source has and the destination will not, one sentence each; names only
 * @param resyncReason not empty when the statements alone do not give the old rows their right values: the table has to be
 *                     copied again, and this says why. The structure is right either way.
 */
public record ChangeStatements(List<String> statements, List<String> notes, String resyncReason) {
    public ChangeStatements {
        statements = List.copyOf(statements);
        notes = List.copyOf(notes);
        requireNonNull(resyncReason, "resyncReason");
    }

    public boolean needsResync() {
        return !resyncReason.isEmpty();
    }
}
