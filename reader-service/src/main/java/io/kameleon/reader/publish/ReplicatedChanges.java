package io.kameleon.reader.publish;

import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.change.TableChange.Unsupported;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What replay has to know of a statement: a table that enters or leaves the replicated ones stops, for its rows are not both sides'. */
public final class ReplicatedChanges {
    private ReplicatedChanges() {}

    /** @param all in the order in which the statement makes them */
    public static List<TableChange> of(List<TableChange> all, Predicate<TableId> replicated) {
        var changes = new ArrayList<TableChange>();
        for (TableChange change : all) {
            TableId after = change instanceof Altered altered ? altered.after().id() : change.table();
            boolean was = replicated.test(change.table());
            boolean is = replicated.test(after);
            if (was && is) {
                changes.add(change);
            } else if (was) {
                changes.add(
                        new Unsupported(change.table(), "it was renamed to " + after + ", which is not replicated"));
            } else if (is) {
                changes.add(new Unsupported(
                        after,
                        "it was renamed from " + change.table()
                                + ", which is not replicated: its rows have to be copied"));
            }
        }
        return changes;
    }
}
