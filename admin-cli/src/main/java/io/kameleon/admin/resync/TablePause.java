package io.kameleon.admin.resync;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.Reason;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves a table's events out on an operator's wish. It stays as it was at some commit of the source; what comes meanwhile is not
 * kept for it, so that it comes back by a copy ({@link ResyncRequests}). Replay, wherever it runs, learns of it before its next commit.
 */
public final class TablePause {
    private final Installation installation;
    private final String source;
    private final Clock clock;
    private final TableStore tables = new TableStore();

    public TablePause(Installation installation, String source, Clock clock) {
        this.installation = installation;
        this.source = source;
        this.clock = clock;
    }

    /** All of them or none. @throws ReplicationException WRONG_STATE for one that is not replicated now, or is paused already */
    public void pause(List<TableId> wanted) {
        installation.catalogue().inTransaction(connection -> {
            var positions = new ReplayPositionStore();
            positions.findForUpdate(connection, source); // replay stands still until the commit
            for (TableId table : wanted) {
                pause(connection, table);
            }
            positions.changeTables(connection, source);
            return null;
        });
    }

    private void pause(Connection connection, TableId table) throws SQLException {
        Optional<ReplicaTable> known = tables.find(connection, source, table);
        if (known.isEmpty() || known.get().state() != State.REPLICATED) {
            throw wrongState(
                    "The table is " + known.map(TablePause::text).orElse("not in the catalogue") + ", not replicated",
                    table,
                    "See 'kameleon show_status --source " + source + "'.");
        }
        String reason = "paused at " + clock.instant().truncatedTo(ChronoUnit.SECONDS)
                + "; 'kameleon resume_table --source " + source + " --tables " + table + "' copies it again";
        tables.setState(connection, source, table, State.DISABLED, Optional.of(new Reason(Reason.PAUSED, reason)));
        new ResyncStore().remove(connection, source, table);
    }

    private static String text(ReplicaTable table) {
        return table.isPaused()
                ? "paused already"
                : table.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** @throws ReplicationException WRONG_STATE for one that is not paused */
    public void requirePaused(List<TableId> wanted) {
        List<TableId> paused = paused();
        for (TableId table : wanted) {
            if (!paused.contains(table)) {
                throw wrongState(
                        "The table is not paused",
                        table,
                        "'kameleon sync_tables' copies tables again that are not paused.");
            }
        }
    }

    public List<TableId> paused() {
        var paused = new ArrayList<TableId>();
        for (ReplicaTable table : installation.catalogue().read(connection -> tables.list(connection, source))) {
            if (table.isPaused()) {
                paused.add(table.id());
            }
        }
        return paused;
    }

    private ReplicationException wrongState(String what, TableId table, String remedy) {
        var where = new LinkedHashMap<String, Object>(Map.of("source", source));
        where.put("table", table);
        return new ReplicationException(ErrorCode.WRONG_STATE, what, where, remedy);
    }
}
