package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.snapshot.TableCopy;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The copy of one table into a schema of its own, and its way to the destination's place. Steps: {@link #prepare}, {@link #run},
 * {@link #publish}; {@link #cleanUp} after whatever came of it. Used once.
 */
public final class SingleCopy {
    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final Planned planned;
    private final SingleDestination destination;
    private final CopyRecord record;

    /**
     * @param rowsEstimated by the source's statistics
     * @throws ReplicationException TYPE_UNSUPPORTED, NAME_CONFLICT, TABLE_TOO_WIDE, TABLE_UNKNOWN, COLUMN_MISSING: the table cannot be
     *     held
     */
    public SingleCopy(
            Catalogue catalogue,
            SourceSettings settings,
            TableDefinition definition,
            long rowsEstimated,
            String loadingSchema) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.record = new CopyRecord(catalogue, settings);
        CopyPlan.require(definition, settings);
        planned = new Planned(definition, schema(definition, settings), rowsEstimated);
        destination = new SingleDestination(catalogue, settings, planned, loadingSchema);
        destination.check();
    }

    private static String schema(TableDefinition definition, SourceSettings settings) {
        return settings.filter().destinationSchema(definition.id().schema()).orElseThrow();
    }

    /** Makes the empty table. @return notes for the operator */
    public List<String> prepare() {
        return destination.prepare();
    }

    /** Rows, indexes and constraints, as of one moment if that is asked for. @throws ReplicationException when the table cannot be copied, or the servers went away */
    public TableSnapshot run(SourceServer server, ResumeBy resumeBy, boolean atOneMoment, CopyProgress progress) {
        var copy = new TablesCopy(catalogue, settings, destination, record, progress);
        var options = TableCopy.Options.DEFAULT
                .withRangeSize(settings.rangeSize())
                .withResumeBy(resumeBy)
                .withOneMoment(atOneMoment);
        var failed = copy.run(server, List.of(planned), options);
        if (!failed.isEmpty()) {
            throw failed.values().iterator().next();
        }
        return copy.snapshots().get(planned.definition().id());
    }

    /** The loaded table. */
    public DestinationTable loaded(Connection connection) throws SQLException {
        return destination.loaded(connection);
    }

    /** Keeps everybody off the destination's table until the transaction ends. */
    public void lock(Connection connection, long patienceMillis) throws SQLException {
        destination.swap(connection).lock(patienceMillis);
    }

    /**
     * Puts the loaded table in place, and into the catalogue as replicated, in the caller's transaction. Replay has to be told:
     * {@link io.kameleon.catalogue.store.ReplayPositionStore#changeTables}.
     */
    public void publish(Connection connection, TableSnapshot snapshot) throws SQLException {
        destination.publish(connection);
        String source = settings.source().name();
        TableId id = snapshot.table();
        var tables = new TableStore();
        tables.put(
                connection, source, id, planned.destinationSchema(), DestinationNames.table(id.name()), State.COPYING);
        tables.markReplicated(connection, source, List.of(CopyRecord.copied(snapshot)));
        record.put(connection, planned.definition());
    }

    public void cleanUp() {
        destination.cleanUp();
    }
}
