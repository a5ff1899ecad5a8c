package io.kameleon.admin.importing;

import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.store.ConfigFingerprint;
import io.kameleon.catalogue.store.NameStore;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.ReplicaTable.ConsistentPoint;
import io.kameleon.catalogue.store.ReplicaTable.Reason;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.reader.publish.ReadStart.Beginning;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.StableStart;
import io.kameleon.replay.ddl.AdoptedNames;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.ExistingSchema;
import io.kameleon.replay.type.DestinationExtensions;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of a source that is taken over: which of them go on, from where, and which have to be copied again. */
final class ImportedTables {
    private final SourceSettings settings;
    private final ChameleonSource chameleon;
    private final BinlogCoordinates from;
    private final Map<TableId, TableDefinition> definitions = new TreeMap<>();
    private final Map<TableId, TableStore.Copied> copied = new TreeMap<>();
    private final Map<TableId, Reason> disabled = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param now  the source's definitions, which hold at {@code from} too
     * @param from where reading begins
     */
    ImportedTables(SourceSettings settings, ChameleonSource chameleon, StableStart.Start now, BinlogCoordinates from) {
        this.settings = settings;
        this.chameleon = chameleon;
        this.from = from;
        now.refused().forEach((id, reason) -> {
            if (settings.filter().includes(id)) {
                disabled.put(id, new Reason(reason.code().name(), reason.getMessage()));
            }
        });
        now.definitions().forEach((id, definition) -> {
            if (settings.filter().includes(id)) {
                definitions.put(id, definition);
            }
        });
    }

    int replicated() {
        return copied.size();
    }

    Map<String, String> disabled() {
        var texts = new TreeMap<String, String>();
        disabled.forEach((id, reason) -> texts.put(id.toString(), reason.text()));
        return texts;
    }

    List<String> notes() {
        return notes;
    }

    /** Compares with the tables that are in PostgreSQL. */
    void check(Connection connection) {
        Map<TableId, ChameleonSource.Table> known = known();
        definitions.forEach((id, definition) -> {
            ChameleonSource.Table table = known.remove(id);
            try {
                require(connection, definition, table);
                copied.put(id, copied(id, table));
            } catch (ReplicationException e) {
                if (e.code().handling() != Handling.DISABLE_TABLE) {
                    throw e;
                }
                disabled.put(id, new Reason(e.code().name(), e.getMessage()));
            }
        });
        known.keySet().forEach(id -> notes.add("pg_chameleon's table " + id + " is not on the source, or left out"));
    }

    private Map<TableId, ChameleonSource.Table> known() {
        var origins = new HashMap<String, String>();
        chameleon.mappings().forEach((origin, destination) -> origins.put(destination, origin));
        var known = new TreeMap<TableId, ChameleonSource.Table>();
        for (ChameleonSource.Table table : chameleon.tables()) {
            if (origins.containsKey(table.schema())) {
                known.put(new TableId(origins.get(table.schema()), table.name()), table);
            }
        }
        return known;
    }

    private void require(Connection connection, TableDefinition definition, ChameleonSource.Table table) {
        if (table == null) {
            throw refused(
                    definition.id(),
                    "pg_chameleon did not replicate the table: it had no primary key, or was left out");
        }
        if (!table.enabled()) {
            throw refused(definition.id(), "pg_chameleon had disabled the table");
        }
        RowSchemas.of(settings.topics().rows(settings.source().name()), definition);
        new ExistingSchema(destination(definition.id())).verify(connection, definition);
    }

    private static ReplicationException refused(TableId table, String what) {
        return new ReplicationException(
                ErrorCode.TABLE_UNKNOWN,
                what,
                Map.of("table", table),
                "Copy it with 'kameleon sync_tables --tables disabled'.");
    }

    /** Without a position of its own the table has everything up to the replayed place, and perhaps more up to the read one. */
    private TableStore.Copied copied(TableId id, ChameleonSource.Table table) {
        Optional<BinlogCoordinates> own = table.point().filter(point -> from.isBefore(point));
        BinlogCoordinates point = own.orElse(chameleon.read());
        return new TableStore.Copied(id, new ConsistentPoint(point, ""), 0, own.isPresent());
    }

    private String destination(TableId id) {
        return settings.filter().destinationSchema(id.schema()).orElseThrow();
    }

    /** In one transaction of the caller: the source, its tables and where its replay begins. */
    void record(
            Connection connection, KameleonConfig config, ServerFacts facts, Beginning beginning, boolean registered)
            throws SQLException {
        String source = settings.source().name();
        var sources = new SourceStore();
        if (registered) {
            sources.replaceMappings(connection, source, settings.filter().mappings());
        } else {
            sources.add(
                    connection,
                    source,
                    settings.source().kind(),
                    ConfigFingerprint.of(config, settings.source()),
                    settings.filter().mappings());
        }
        sources.setServerUuid(connection, source, facts.serverUuid());
        var tables = new TableStore();
        tables.putAll(
                connection, source, copied.keySet().stream().map(this::placed).toList(), State.COPYING);
        tables.markReplicated(connection, source, copied.values());
        tables.putAll(
                connection, source, disabled.keySet().stream().map(this::placed).toList(), State.COPYING);
        for (Map.Entry<TableId, Reason> table : disabled.entrySet()) {
            tables.disable(connection, source, table.getKey(), table.getValue());
        }
        adopt(connection);
        String topic = settings.topics().rows(source);
        new ReplayPositionStore().start(connection, source, topic, beginning.topicId(), beginning.nextOffset());
        sources.setStatus(connection, source, Status.INITIALISED);
    }

    private TableStore.Placed placed(TableId id) {
        return new TableStore.Placed(id, destination(id), DestinationNames.table(id.name()));
    }

    private void adopt(Connection connection) throws SQLException {
        var ddl = new DdlWriter(
                settings.types().on(DestinationExtensions.find(connection)), settings.source()::fillfactor);
        for (TableId id : copied.keySet()) {
            new AdoptedNames(connection, ddl).take(definitions.get(id), destination(id));
            new NameStore()
                    .put(connection, settings.source().name(), id, DestinationNames.renamed(definitions.get(id)));
        }
    }
}
