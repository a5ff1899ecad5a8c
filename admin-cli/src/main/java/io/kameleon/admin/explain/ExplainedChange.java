package io.kameleon.admin.explain;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.util.List;

/**
 * What one statement of the source would do to one table of the replica.
 *
 * @param statements PostgreSQL's, in order, run in one transaction; empty when nothing changes there
 * @param notes      what the source has and the destination will not, one sentence each
 * @param reason     of RESYNC: why the table has to be copied again; otherwise empty
 */
public record ExplainedChange(
        TableId table, String change, List<String> statements, List<String> notes, DataEffect effect, String reason) {
    public ExplainedChange {
        requireNonNull(table, "table");
        requireNonNull(change, "change");
        requireNonNull(effect, "effect");
        requireNonNull(reason, "reason");
        statements = List.copyOf(statements);
        notes = List.copyOf(notes);
    }

    /** What happens to the rows that are there. */
    public enum DataEffect {
        NONE("stay as they are"),
        COMPUTED("are changed by these statements as the source changed its own"),
        GONE("go, as on the source"),
        RESYNC("have to be copied again");

        private final String sentence;

        DataEffect(String sentence) {
            this.sentence = sentence;
        }

        /** Completes "Old rows ...". */
        public String sentence() {
            return sentence;
        }
    }
}
