package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.snapshot.TableCopy;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows and indexes of some tables, from the source into a destination that is ready for them. Used once. */
final class TablesCopy {
    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final Destination destination;
    private final CopyRecord record;
    private final CopyProgress progress;
    private final Map<TableId, TableSnapshot> snapshots = new TreeMap<>();

    TablesCopy(
            Catalogue catalogue,
            SourceSettings settings,
            Destination destination,
            CopyRecord record,
            CopyProgress progress) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.destination = destination;
        this.record = record;
        this.progress = progress;
    }

    /**
     * @return tables that cannot be copied, with the reason; the others are in {@link #snapshots()}
     * @throws ReplicationException what ends the whole copy
     */
    Map<TableId, ReplicationException> run(SourceServer server, List<Planned> tables, TableCopy.Options options) {
        String source = settings.source().name();
        try (var controls = new ControlSessions(server::another)) {
            var parallel = new ParallelCopy(
                    tables,
                    server::another,
                    () -> catalogue.connections().open("copy-" + source),
                    table -> begin(table, controls, options),
                    new End());
            return parallel.run(settings.source().copyThreads(), source);
        }
    }

    /** What was copied, by table; once {@link #run} has returned. */
    Map<TableId, TableSnapshot> snapshots() {
        return snapshots;
    }

    private TableLoad begin(Planned table, ControlSessions controls, TableCopy.Options options) {
        ControlSessions.Session control = controls.take();
        try {
            TableId id = table.definition().id();
            String topic = settings.topics().rows(settings.source().name());
            TableCopy copy = TableCopy.open(control.server(), table.definition(), options);
            var rules = new RangeLoad.ValueRules(settings.values(), settings.zeroDates());
            ConversionCounts conversions = record.conversions(id);
            return new TableLoad(
                    table,
                    control,
                    copy,
                    connection -> new RangeLoad(
                            topic,
                            table.definition(),
                            destination.table(table, connection),
                            rules,
                            conversions,
                            record,
                            rows -> progress.rows(id, rows)));
        } catch (RuntimeException e) {
            control.abort();
            throw e;
        }
    }

    /** What follows the rows of a table. */
    private final class End implements ParallelCopy.TableEnd {
        @Override
        public List<String> indexes(Planned table, TableSnapshot snapshot) {
            progress.tableLoaded(table.definition().id(), snapshot.rows());
            return destination.indexes(table);
        }

        @Override
        public void buildIndex(String index, Planned table, TableSnapshot snapshot, Connection connection) {
            destination.buildIndex(index, table, snapshot, connection);
        }

        @Override
        public void complete(Planned table, TableSnapshot snapshot, Connection connection) {
            destination.complete(table, connection);
            synchronized (snapshots) {
                snapshots.put(table.definition().id(), snapshot);
            }
            progress.tableDone(table.definition().id());
        }
    }
}
