package io.kameleon.reader.publish;

import io.kameleon.reader.ddl.SwapEffect;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.change.TableChange.Unsupported;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the last step of an online schema change, {@code RENAME TABLE x TO old, shadow TO x}, into one change of x (F31). The shadow
 * holds x's rows in another structure, so that the difference of the structures is all that happens. Stateless.
 */
final class OnlineSwaps {
    private OnlineSwaps() {}

    static List<TableChange> merge(List<TableChange> changes, ShadowTables shadows) {
        var merged = new ArrayList<TableChange>(changes);
        for (TableChange change : changes) {
            if (change instanceof Altered arriving && isRename(arriving)) {
                leaving(changes, arriving.after().id())
                        .filter(left -> shadows.isShadowOf(
                                arriving.before().id(), left.before().id()))
                        .ifPresent(left -> replace(merged, left, arriving));
            }
        }
        return merged;
    }

    private static boolean isRename(Altered change) {
        return !change.before().id().equals(change.after().id());
    }

    private static Optional<Altered> leaving(List<TableChange> changes, TableId table) {
        return changes.stream()
                .filter(Altered.class::isInstance)
                .map(Altered.class::cast)
                .filter(c -> isRename(c) && c.before().id().equals(table))
                .findFirst();
    }

    private static void replace(List<TableChange> merged, Altered left, Altered arriving) {
        merged.set(merged.indexOf(left), SwapEffect.of(left.before(), arriving.after()));
        TableId old = left.after().id();
        merged.set(
                merged.indexOf(arriving),
                new Unsupported(
                        old, "it has the rows that " + left.before().id() + " had before an online schema change"));
    }
}
