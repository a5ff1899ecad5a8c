package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.ConsistentPoint;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.replay.apply.ApplyMode;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.row.RowFormat;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.WireFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the rows of each schema in the topic go, as the catalogue and PostgreSQL have it now. One thread at a time; what reads
 * PostgreSQL waits until the lane's work is done.
 *
 * <p>Keeps the catalogue's table list in memory: {@link #reload} after a rollback, {@link #changed} after a change of one table.
 */
final class TableTargets {
    private final String source;
    private final SchemaIds schemaIds;
    private final ApplyLane lane;
    private final Connection connection;
    private final TableStore store = new TableStore();
    private final ValuePolicy values;
    private final Map<TableId, ReplicaTable> tables = new HashMap<>();
    private final Map<Integer, Entry> bySchema = new HashMap<>();
    /** Rows of one table come in runs. */
    private Entry lastUsed;

    private int lastSchema;

    TableTargets(ReplaySettings settings, ApplyLane lane, Connection connection) throws SQLException {
        this.source = settings.source();
        this.schemaIds = settings.schemaIds();
        this.lane = lane;
        this.connection = connection;
        this.values = settings.values();
        reload();
    }

    static ConversionPolicy policy(ValuePolicy values) {
        return new ConversionPolicy(values, DestinationNames::column, new ConversionCounts());
    }

    /** One schema of row images. Mutable: its target comes when its first row does. */
    final class Entry {
        private final RowFormat format;
        private final RowRecord record;
        /** As the catalogue has it; null when it does not. A change of it makes a new entry. */
        private final ReplicaTable table;

        private TableTarget target;
        private boolean resolved;

        private Entry(RowFormat format) {
            this.format = format;
            this.record = new RowRecord(format);
            this.table = tables.get(format.table());
        }

        TableId table() {
            return format.table();
        }

        RowRecord parse(byte[] value) {
            return record.parse(value);
        }

        /**
         * Where this row goes; null when it is left out: the table is not replicated, or its copy holds the row already.
         *
         * @throws io.kameleon.schemas.error.ReplicationException COLUMN_MISSING, TYPE_UNSUPPORTED, TABLE_UNKNOWN
         */
        TableTarget target(byte[] value, ReplayPosition position) throws SQLException {
            if (table == null || table.state() != State.REPLICATED) {
                return null;
            }
            if (!resolved) {
                resolve(position);
            }
            if (target.mode() == ApplyMode.IDEMPOTENT && isConsistent(table, position)) {
                target = target.withMode(ApplyMode.STRICT);
            }
            return isRepeatable() || isBehindCopy(value) ? target : null;
        }

        /** What {@link #target} gave last; null before. */
        TableTarget known() {
            return target;
        }

        /** Where rows of this schema go, whatever their place; null when the table is not replicated. */
        TableTarget target(ReplayPosition position) throws SQLException {
            if (table == null || table.state() != State.REPLICATED) {
                return null;
            }
            if (!resolved) {
                resolve(position);
            }
            return target;
        }

        /** Events before the consistent point are applied idempotently, not passed over. */
        private boolean isRepeatable() {
            return format.isKeyed() && !table.exact();
        }

        private void resolve(ReplayPosition position) throws SQLException {
            lane.await();
            var destination =
                    DestinationTableLookup.find(connection, table.destinationSchema(), table.destinationTable());
            boolean strict = !isRepeatable() || isConsistent(table, position);
            ApplyMode mode = strict ? ApplyMode.STRICT : ApplyMode.IDEMPOTENT;
            target = TableTarget.of(format, destination, mode, policy(values));
            resolved = true;
        }

        /** A table that was copied at an exact position: what lies before is in the copy (F42). */
        private boolean isBehindCopy(byte[] value) {
            Optional<ConsistentPoint> point = table.consistentPoint();
            if (point.isEmpty()) {
                return true;
            }
            record.parse(value);
            var at = new BinlogCoordinates(
                    record.sourceFile(), Math.max(record.sourcePosition(), BinlogCoordinates.FIRST_EVENT_POSITION));
            return !at.isBefore(point.get().coordinates());
        }
    }

    private static boolean isConsistent(ReplicaTable table, ReplayPosition position) {
        return table.consistentPoint().isEmpty()
                || position.coordinates().filter(table::isConsistentAt).isPresent();
    }

    Entry entry(byte[] key, byte[] value) {
        int id = WireFormat.readId(value);
        if (lastUsed != null && lastSchema == id) {
            return lastUsed;
        }
        Entry known = bySchema.get(id);
        if (known == null) {
            known = new Entry(
                    RowFormat.of(schemaIds.byId(id), key == null ? null : schemaIds.byId(WireFormat.readId(key))));
            bySchema.put(id, known);
        }
        lastUsed = known;
        lastSchema = id;
        return known;
    }

    Optional<ReplicaTable> table(TableId id) {
        return Optional.ofNullable(tables.get(id));
    }

    /** Reads one table's row again and forgets what was prepared for it. */
    void changed(TableId id) throws SQLException {
        Optional<ReplicaTable> now = store.find(connection, source, id);
        now.ifPresentOrElse(table -> tables.put(id, table), () -> tables.remove(id));
        bySchema.values().removeIf(entry -> entry.table().equals(id));
        lastUsed = null;
    }

    void reload() throws SQLException {
        tables.clear();
        bySchema.clear();
        lastUsed = null;
        for (ReplicaTable table : store.list(connection, source)) {
            tables.put(table.id(), table);
        }
    }
}
