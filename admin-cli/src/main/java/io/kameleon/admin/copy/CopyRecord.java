package io.kameleon.admin.copy;

import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.ConversionStore;
import io.kameleon.catalogue.store.CopyProgressStore;
import io.kameleon.catalogue.store.DiscardedRow;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.catalogue.store.LoggedError;
import io.kameleon.catalogue.store.NameStore;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.ReplicaTable.ConsistentPoint;
import io.kameleon.catalogue.store.ReplicaTable.Reason;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.reader.publish.ReadStart.Beginning;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a copy leaves in the catalogue: its beginning, the rows it could not load, and its end. */
final class CopyRecord implements RefusedRows {
    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final String source;
    private final SourceStore sources = new SourceStore();
    private final TableStore tables = new TableStore();
    private final ConversionStore conversionStore = new ConversionStore();
    private final NameStore names = new NameStore();
    private final Map<TableId, ConversionCounts> conversions = new ConcurrentHashMap<>();
    private final AtomicLong refusedRows = new AtomicLong();

    CopyRecord(Catalogue catalogue, SourceSettings settings) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.source = settings.source().name();
    }

    /** From here on the source's old copy is no longer replayed. */
    void begin(ServerFacts facts, CopyPlan plan) {
        catalogue.inTransaction(connection -> {
            sources.setStatus(connection, source, Status.INITIALISING);
            sources.setServerUuid(connection, source, facts.serverUuid());
            new ErrorStore().resolveAll(connection, source);
            tables.removeAll(connection, source);
            new ResyncStore().removeAll(connection, source);
            conversionStore.removeAll(connection, source);
            tables.putAll(
                    connection,
                    source,
                    plan.tables().stream()
                            .map(table -> placed(table.definition().id()))
                            .toList(),
                    State.COPYING);
            for (Map.Entry<TableId, ReplicationException> refused :
                    plan.refused().entrySet()) {
                leaveOut(connection, refused.getKey(), refused.getValue());
            }
            return null;
        });
    }

    /** One transaction: the tables' places, their consistent points and the replay position. */
    void finish(
            CopyPlan plan,
            Map<TableId, TableSnapshot> snapshots,
            Map<TableId, ReplicationException> refused,
            Beginning beginning,
            Destination destination,
            Leases lease) {
        catalogue.inTransaction(connection -> {
            lease.require(connection);
            destination.publish(connection);
            tables.markReplicated(
                    connection,
                    source,
                    snapshots.values().stream().map(CopyRecord::copied).toList());
            for (Map.Entry<TableId, ReplicationException> left : refused.entrySet()) {
                leaveOut(connection, left.getKey(), left.getValue());
            }
            for (CopyPlan.Planned table : plan.tables()) {
                put(connection, table.definition());
            }
            String topic = settings.topics().rows(source);
            new ReplayPositionStore().start(connection, source, topic, beginning.topicId(), beginning.nextOffset());
            sources.setStatus(connection, source, Status.INITIALISED);
            new CopyProgressStore().remove(connection, source);
            sources.clearFailure(connection, source);
            return null;
        });
    }

    /** What is told of a table that was copied: its other names, and what its values became. */
    void put(Connection connection, TableDefinition table) throws SQLException {
        names.put(connection, source, table.id(), DestinationNames.renamed(table));
        putConversions(connection, table.id());
    }

    private void putConversions(Connection connection, TableId table) throws SQLException {
        ConversionCounts.Totals totals = conversions(table).take();
        if (!totals.isZero()) {
            var count = new ConversionStore.Count(table, totals.zeroDates(), totals.nulValues());
            conversionStore.add(connection, source, count);
        }
    }

    /** Where the ranges of a table add what they convert. Thread-safe. */
    ConversionCounts conversions(TableId table) {
        return conversions.computeIfAbsent(table, id -> new ConversionCounts());
    }

    static TableStore.Copied copied(TableSnapshot snapshot) {
        var point = new ConsistentPoint(
                snapshot.consistentPoint().coordinates(),
                snapshot.consistentPoint().gtidSet());
        return new TableStore.Copied(snapshot.table(), point, snapshot.rows(), snapshot.exact());
    }

    private TableStore.Placed placed(TableId id) {
        String schema = settings.filter().destinationSchema(id.schema()).orElseThrow();
        return new TableStore.Placed(id, schema, DestinationNames.table(id.name()));
    }

    private void leaveOut(Connection connection, TableId id, ReplicationException reason) throws SQLException {
        tables.putAll(
                connection,
                source,
                List.of(placed(id)),
                State.COPYING); // a table that is in a state already keeps the reason it has
        tables.setState(
                connection,
                source,
                id,
                State.NOT_REPLICATED,
                Optional.of(new Reason(reason.code().name(), reason.getMessage())));
    }

    @Override
    public void refused(TableId table, byte[] row, ReplicationException reason) {
        refusedRows.incrementAndGet();
        catalogue.inTransaction(connection -> {
            long logid = new ErrorStore()
                    .add(
                            connection,
                            new LoggedError.Entry(
                                    source,
                                    Optional.of(table),
                                    reason.code().name(),
                                    Optional.empty(),
                                    reason.getMessage(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    OptionalLong.empty()));
            if (row != null) {
                new DiscardedRowStore()
                        .add(
                                connection,
                                new DiscardedRow.Entry(
                                        logid,
                                        source,
                                        table,
                                        'r',
                                        Optional.empty(),
                                        Optional.of(row),
                                        Optional.empty(),
                                        OptionalLong.empty()));
            }
            return null;
        });
    }

    long refusedRows() {
        return refusedRows.get();
    }
}
