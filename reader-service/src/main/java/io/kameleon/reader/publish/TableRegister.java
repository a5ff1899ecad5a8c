package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.TableMap;
import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.record.CascadeRules;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.RecordCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which table a rows event belongs to, and how its rows are published.
 *
 * <p>What is made of a table is kept for as long as its definition and its layout in the log stay: a server gives a table a new id
 * whenever it opens it again, which it does all the time once there are more tables than its table cache takes.
 *
 * <p>A table that cannot be published is disabled once, with a change record in the topic that says why; its rows are left out
 * from then on. One thread only.
 */
final class TableRegister {
    /** Table ids that are remembered, the latest; old ones are dropped (F22). One that comes back costs no more than a look at it. */
    private static final int IDS_MAX = 16_384;

    private final String topic;
    private final SchemaIds schemaIds;
    private final ZeroDateForm zeroDates;
    private final DefinitionTracker definitions;
    private final Predicate<TableId> replicated;
    private final Consumer<TableChange> changes;
    private final Map<Long, Mapped> byMapId = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Mapped> eldest) {
            return size() > IDS_MAX;
        }
    };
    /** The same by the table's name. */
    private final Map<TableId, Mapped> byTable = new HashMap<>();

    private final CascadeHeaders cascades;
    private final Set<TableId> disabled = new HashSet<>();

    /** A TABLE_MAP and what became of it; {@code table} is null when its rows are not published. */
    private record Mapped(TableMap map, PublishedTable table) {}

    TableRegister(
            String topic,
            SchemaIds schemaIds,
            ZeroDateForm zeroDates,
            DefinitionTracker definitions,
            Predicate<TableId> replicated,
            Consumer<TableChange> changes) {
        this.topic = topic;
        this.schemaIds = schemaIds;
        this.zeroDates = zeroDates;
        this.definitions = definitions;
        this.replicated = replicated;
        this.changes = changes;
        this.cascades = new CascadeHeaders(definitions, new RecordCodec<>(schemaIds, topic, CascadeRules.class));
    }

    /** What foreign keys do in other tables when rows of this one change. */
    CascadeHeaders.TableCascades cascades(TableId id) {
        return cascades.of(id);
    }

    /** Takes a TABLE_MAP event. Most are repeats, told by their bytes. */
    void map(byte[] body) {
        Mapped known = byMapId.get(TableMap.tableId(body));
        if (known == null || !known.map().isSame(body)) {
            TableMap map = TableMap.parse(body);
            byMapId.put(map.tableId(), mapped(map, body));
        }
    }

    private Mapped mapped(TableMap map, byte[] body) {
        Mapped latest = byTable.get(map.table());
        if (latest == null || !latest.map().isSame(body)) {
            latest = new Mapped(map, replicated.test(map.table()) ? publishable(map) : null);
            byTable.put(map.table(), latest);
        }
        return latest;
    }

    private PublishedTable publishable(TableMap map) {
        TableId id = map.table();
        if (disabled.contains(id)) {
            return null;
        }
        try {
            TableDefinition definition = definitions.definition(id).orElseThrow(() -> unknown(id));
            return PublishedTable.of(topic, schemaIds, definition, map, zeroDates);
        } catch (ReplicationException e) {
            if (e.code().handling() != ErrorCode.Handling.DISABLE_TABLE) {
                throw e;
            }
            disable(id, e.getMessage());
            return null;
        }
    }

    /**
     * The table of a rows event; null when its rows are not published.
     *
     * @throws ReplicationException BINLOG_CORRUPT when no TABLE_MAP came before it
     */
    PublishedTable forRows(long mapId) {
        Mapped mapped = byMapId.get(mapId);
        if (mapped == null) {
            throw new ReplicationException(
                    ErrorCode.BINLOG_CORRUPT,
                    "A rows event names table id " + mapId + ", which no TABLE_MAP event introduced",
                    Map.of(),
                    "Check the log on the server with mysqlbinlog --verify-binlog-checksum.");
        }
        PublishedTable table = mapped.table();
        return table == null || !disabled.isEmpty() && disabled.contains(table.id()) ? null : table;
    }

    void disable(long mapId, String reason) {
        PublishedTable table = forRows(mapId);
        if (table != null) {
            disable(table.id(), reason);
        }
    }

    void disable(TableId id, String reason) {
        if (disabled.add(id)) {
            changes.accept(new TableChange.Unsupported(id, reason));
        }
    }

    /** The table has another definition from here on, or none. */
    void definitionChanged(TableId id) {
        cascades.clear();
        disabled.remove(id);
        byTable.remove(id);
        byMapId.values().removeIf(mapped -> mapped.map().table().equals(id));
    }

    /** The next file introduces its tables anew, and another run of the server gives other ids. */
    void forgetMaps() {
        byMapId.clear();
    }

    private static ReplicationException unknown(TableId id) {
        return new ReplicationException(
                ErrorCode.TABLE_UNKNOWN,
                "Rows of a table arrived whose definition is not known",
                Map.of("table", id),
                "Run 'kameleon init_replica' for its source.");
    }
}
