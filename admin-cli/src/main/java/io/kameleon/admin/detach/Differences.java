package io.kameleon.admin.detach;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What of a source is not in PostgreSQL as it is there, as far as the catalogue knows. */
final class Differences {
    private final Catalogue catalogue;
    private final String source;

    Differences(Catalogue catalogue, String source) {
        this.catalogue = catalogue;
        this.source = source;
    }

    /** One sentence each. */
    List<String> known() {
        return catalogue.read(connection -> {
            var found = new ArrayList<String>();
            for (ReplicaTable table : new TableStore().list(connection, source)) {
                if (table.state() == State.DISABLED || table.state() == State.COPYING) {
                    found.add("Table " + table.id() + " is not up to date, it is "
                            + (table.state() == State.DISABLED ? "disabled" : "being copied"));
                }
            }
            for (Resync resync : new ResyncStore().list(connection, source)) {
                if (!resync.phase().isOver()) {
                    found.add("Table " + resync.table() + " is to be copied again");
                }
            }
            long rows = new DiscardedRowStore().count(connection, source);
            if (rows > 0) {
                found.add(rows + " row(s) were refused and are in the catalogue only");
            }
            return found;
        });
    }

    /** Tables whose copy the stream has not left behind. */
    List<String> unfinished(BinlogCoordinates replayed) {
        return catalogue.read(connection -> new TableStore().list(connection, source)).stream()
                .filter(table -> table.state() == State.REPLICATED)
                .filter(table -> table.consistentPoint().isPresent() && !table.isConsistentAt(replayed))
                .map(table -> "Table " + table.id() + " was copied, and what was read ends at " + replayed
                        + ", before its consistent point")
                .toList();
    }

    /** @throws ReplicationException WRONG_STATE when there is any */
    void requireNone(List<String> found) {
        if (!found.isEmpty()) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "PostgreSQL does not have everything: " + String.join("; ", found),
                    Map.of("source", source),
                    "Mend it ('kameleon show_status --source " + source
                            + "', 'kameleon sync_tables'), or detach all the same" + " with --accept-differences.");
        }
    }
}
