package io.kameleon.admin.mappings;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.process.Tenure;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.ConfigFingerprint;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.Resync.Cause;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.SchemaRenames;
import io.kameleon.replay.type.DestinationExtensions;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the catalogue's schema mappings, and the destination schemas with them, in line with the configuration, in one PostgreSQL
 * transaction.
 *
 * <p>Other destinations are taken up by a running replica: the transaction holds the replay position and raises its generation, so that
 * a batch made for the old names is rolled back and applied under the new ones. Added and removed origins need the replica stopped, because
 * the reader follows other tables then.
 */
public final class MappingUpdate {
    private final Installation installation;
    private final Catalogue catalogue;
    private final String source;
    private final ReplicaSource registered;
    private final SourceSettings settings;

    public MappingUpdate(Installation installation, String source) {
        this.installation = installation;
        this.registered = installation.registered(source);
        Tenure.requireAttached(registered);
        this.catalogue = installation.catalogue();
        this.source = source;
        this.settings = new SourceSettings(installation.config(), installation.source(source));
    }

    /**
     * @return what was changed; nothing when the two agreed
     * @throws ReplicationException MAPPING_CONFLICT, ALREADY_RUNNING, SOURCE_SCHEMA_MISSING, ... with nothing changed
     */
    public MappingChange run() {
        Map<String, String> wanted = settings.filter().mappings();
        MappingChange change = MappingChange.between(Tenure.mappings(catalogue, source), wanted);
        if (change.isEmpty()) {
            return change;
        }
        if (change.changesOrigins()) {
            requireStopped();
        }
        List<TableId> newTables = isCopied() ? tables(change.added()) : List.of();
        catalogue.inTransaction(connection -> {
            apply(connection, newTables);
            return null;
        });
        return change;
    }

    private boolean isCopied() {
        return registered.status() == Status.INITIALISED || registered.status() == Status.SYNCING;
    }

    private void requireStopped() {
        try {
            RunningCheck.requireStopped(
                    catalogue, new Daemon(installation.config().global().pidDir(), source), source);
        } catch (ReplicationException e) {
            throw new ReplicationException(
                    ErrorCode.ALREADY_RUNNING,
                    "Schemas are added or removed, which a running replica does not take up",
                    Map.of("source", source),
                    "Stop it with 'kameleon stop_replica --source " + source + "', run this again, and start it.",
                    e);
        }
    }

    private List<TableId> tables(Map<String, String> added) {
        if (added.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<TableId>();
        try (SourceServer server = SourceServer.connect(settings.address())) {
            var reader = new DefinitionReader(server);
            for (String schema : added.keySet()) {
                if (reader.schemaDefaults(List.of(schema)).isEmpty()) {
                    throw new ReplicationException(
                            ErrorCode.SOURCE_SCHEMA_MISSING,
                            "The source has no schema '" + schema + "'",
                            Map.of("source", source),
                            "Correct schema_mappings, or grant SELECT on it.");
                }
                reader.tables(schema).stream()
                        .map(TableFacts::id)
                        .filter(settings.filter()::includes)
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The change is looked up again under the lock: two runs at a time come one after the other. */
    private void apply(Connection connection, List<TableId> newTables) throws SQLException {
        limitLockWait(connection);
        var positions = new ReplayPositionStore();
        positions.findForUpdate(connection, source);
        var sources = new SourceStore();
        Map<String, String> before = sources.mappings(connection, source);
        MappingChange change = MappingChange.between(before, settings.filter().mappings());
        sources.replaceMappings(connection, source, settings.filter().mappings());
        sources.setConfigFingerprint(
                connection, source, ConfigFingerprint.of(installation.config(), settings.source()));
        forget(connection, change.removed());
        if (isCopied()) {
            rename(connection, before, change.renamed());
            create(connection, change.added());
        }
        var resyncs = new ResyncStore();
        resyncs.startOver(connection, source);
        for (TableId table : newTables) {
            resyncs.request(connection, source, table, Cause.ASKED);
        }
        positions.changeTables(connection, source);
    }

    private void limitLockWait(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = "
                    + settings.source().lockTimeout().toMillis());
        }
    }

    private void forget(Connection connection, Map<String, String> removed) throws SQLException {
        for (String origin : removed.keySet()) {
            new TableStore().removeSchema(connection, source, origin);
        }
    }

    private void rename(Connection connection, Map<String, String> before, Map<String, String> renamed)
            throws SQLException {
        var names = new LinkedHashMap<String, String>();
        renamed.forEach((origin, destination) -> names.put(before.get(origin), destination));
        SchemaRenames.run(connection, names);
        for (Map.Entry<String, String> mapping : renamed.entrySet()) {
            new TableStore().moveSchema(connection, source, mapping.getKey(), mapping.getValue());
        }
    }

    private void create(Connection connection, Map<String, String> added) throws SQLException {
        var ddl = new DdlWriter(
                settings.types().on(DestinationExtensions.find(connection)), settings.source()::fillfactor);
        for (String destination : added.values()) {
            SchemaRenames.create(connection, ddl, destination, settings.source().grantSelectTo());
        }
    }
}
