package io.kameleon.replay.ddl;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements that make one table, in the phases in which they run best.
 *
 * @param create      types, table and comments, in order; before the data
 * @param indexes     one statement per index, the primary key's included; after the data, in any order, several at a time
 *                    from several connections
 * @param constraints after all {@code indexes} of the table; quick, because the index is there
 * @param notes       what the source has and the destination will not, one sentence each; names only
 */
public record TableStatements(List<String> create, List<String> indexes, List<String> constraints, List<String> notes) {
    public TableStatements {
        create = List.copyOf(create);
        indexes = List.copyOf(indexes);
        constraints = List.copyOf(constraints);
        notes = List.copyOf(notes);
    }

    /** All phases in order, for an empty table. */
    public List<String> all() {
        var all = new ArrayList<>(create);
        all.addAll(indexes);
        all.addAll(constraints);
        return all;
    }
}
