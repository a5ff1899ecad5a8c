package io.kameleon.admin.detach;

import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.replay.ddl.ForeignKeys;
import io.kameleon.replay.ddl.OwnStructure;
import io.kameleon.replay.type.DestinationExtensions;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the tables of a source what they need without it: table by table, then the keys between them. */
final class TablesCompletion {
    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final List<String> notes;

    /** @param notes gets what PostgreSQL will not have, and what it refused */
    TablesCompletion(Catalogue catalogue, SourceSettings settings, List<String> notes) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.notes = notes;
    }

    DetachReport run(Map<TableId, TableDefinition> tables, Map<TableId, BigDecimal> autoIncrements) {
        var structure = new OwnStructure(
                settings.types().on(catalogue.read(DestinationExtensions::find)),
                settings.filter().mappings());
        tables.forEach((id, table) -> complete(structure, table, Optional.ofNullable(autoIncrements.get(id))));
        List<ForeignKeys.Result> keys = catalogue.read(connection -> foreignKeys(connection, tables));
        return new DetachReport(settings.source().name(), tables.size(), keys, notes);
    }

    private void complete(OwnStructure structure, TableDefinition table, Optional<BigDecimal> next) {
        try {
            notes.addAll(catalogue.inTransaction(connection -> {
                limitLockWait(connection);
                return structure.complete(connection, table, next);
            }));
        } catch (ReplicationException e) {
            if (e.code().handling() != Handling.DISABLE_TABLE) {
                throw e;
            }
            notes.add("Table " + table.id() + " was not completed: " + e.getMessage());
        }
    }

    private List<ForeignKeys.Result> foreignKeys(Connection connection, Map<TableId, TableDefinition> tables)
            throws SQLException {
        limitLockWait(connection);
        var keys = new ForeignKeys(connection, tables, settings.filter().mappings());
        var results = new ArrayList<ForeignKeys.Result>();
        for (TableDefinition table : tables.values()) {
            for (ForeignKeyDefinition key : table.foreignKeys()) {
                results.add(keys.make(table, key));
            }
        }
        return results;
    }

    /** A long query on a table would otherwise stop everybody behind this. */
    private void limitLockWait(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET lock_timeout = " + settings.source().lockTimeout().toMillis());
        }
    }
}
