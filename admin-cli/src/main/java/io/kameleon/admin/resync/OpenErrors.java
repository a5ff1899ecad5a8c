package io.kameleon.admin.resync;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Errors of a source whose tables were not copied again since. */
public final class OpenErrors {
    private final Installation installation;
    private final String source;

    public OpenErrors(Installation installation, String source) {
        this.installation = installation;
        this.source = source;
    }

    /**
     * The tables to copy again.
     *
     * @param logids of the errors that are meant; empty for all, and for tables that are disabled
     * @throws ReplicationException WRONG_STATE for a logid that is no open error of a table
     */
    public List<TableId> tables(List<Long> logids) {
        for (long logid : logids) {
            requireOpen(logid);
        }
        List<ReplicaTable> known = installation.catalogue().read(c -> new TableStore().list(c, source));
        TableFilter filter = Replica.settings(installation, source).filter();
        var found = new TreeSet<TableId>();
        for (TableId table : openTables(logids)) {
            if (filter.includes(table) && isKnown(table, known)) {
                found.add(table);
            }
        }
        for (ReplicaTable table : known) {
            if (logids.isEmpty() && table.state() == State.DISABLED) {
                found.add(table.id());
            }
        }
        known.stream().filter(ReplicaTable::isPaused).forEach(table -> found.remove(table.id()));
        return List.copyOf(found);
    }

    private List<TableId> openTables(List<Long> logids) {
        return installation.catalogue().read(c -> new ErrorStore().openTables(c, source, logids));
    }

    private void requireOpen(long logid) {
        if (openTables(List.of(logid)).isEmpty()) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "There is no open error of a table with logid " + logid,
                    Map.of("source", source),
                    "See 'kameleon show_errors --source " + source + "'.");
        }
    }

    /** A table that was dropped at the source meanwhile is not. */
    private static boolean isKnown(TableId table, List<ReplicaTable> known) {
        return known.stream().anyMatch(found -> found.id().equals(table));
    }
}
