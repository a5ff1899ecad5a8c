package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.SchemaLoader;
import io.kameleon.replay.ddl.StatementRunner;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.type.DestinationExtensions;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables built anew in loading schemas, which replace the destination schemas at the end. */
final class NewDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(NewDestination.class);
    private static final String UNIQUE_VIOLATION = "23505";

    private static final long LARGE_TABLE_ROWS = 100_000;

    /** The server's own setting, or 128 MB when it is less: one index is built with so much, its parallel workers included. */
    private static final String INDEX_MEMORY = "SELECT set_config('maintenance_work_mem',"
            + " greatest(pg_size_bytes(current_setting('maintenance_work_mem')) / 1024, 131072) || 'kB', false)";

    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final CopyPlan plan;
    private final Map<String, SchemaLoader> loaders = new TreeMap<>();

    NewDestination(Catalogue catalogue, SourceSettings settings, CopyPlan plan) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.plan = plan;
        var types = settings.types().on(catalogue.read(DestinationExtensions::find));
        var ddl = new DdlWriter(types, settings.source()::fillfactor);
        for (String schema : settings.filter().mappings().values()) {
            loaders.put(schema, new SchemaLoader(ddl, schema, settings.source().grantSelectTo()));
        }
    }

    @Override
    public void check() {
        loaders.forEach((schema, loader) -> DestinationNames.check(plan.definitions(schema)));
    }

    @Override
    public List<String> prepare() {
        return catalogue.read(connection -> {
            var notes = new ArrayList<String>();
            loaders.forEach((schema, loader) -> notes.addAll(loader.prepare(connection, plan.definitions(schema))));
            return notes;
        });
    }

    /** Autovacuum stays away from a large table until it is complete: it would hold up the indexes, and its statistics come anyway. */
    @Override
    public DestinationTable table(Planned table, Connection connection) throws SQLException {
        if (isLarge(table)) {
            alter(table, "SET (autovacuum_enabled = false)", connection);
        }
        String schema = loaders.get(table.destinationSchema()).loadingSchema();
        String name = DestinationNames.table(table.definition().id().name());
        return DestinationTableLookup.find(connection, schema, name);
    }

    @Override
    public List<String> indexes(Planned table) {
        return loaders.get(table.destinationSchema())
                .tableStatements(table.definition())
                .indexes();
    }

    @Override
    public void buildIndex(String index, Planned planned, TableSnapshot snapshot, Connection connection) {
        TableDefinition table = planned.definition();
        String schema = loaders.get(planned.destinationSchema()).loadingSchema();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(INDEX_MEMORY);
            build(index, table, schema, snapshot, statement);
        } catch (SQLException e) {
            throw new ReplicationException(
                    ErrorCode.SCHEMA_CHANGE_FAILED,
                    "PostgreSQL refused an index of the copied table, SQLSTATE " + e.getSQLState(),
                    Map.of("table", table.id()),
                    "The table is left out. Look at its unique keys and values, then copy again.",
                    e);
        }
    }

    /**
     * A copy without a lock reads its ranges at different moments, so a value of a unique column may stand in two rows that never had it
     * at the same time. Both changed after the stream's start, so both come again with it: they are taken out here.
     */
    private static void build(
            String index, TableDefinition table, String schema, TableSnapshot snapshot, Statement statement)
            throws SQLException {
        try {
            statement.execute(index);
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState()) || snapshot.exact()) {
                throw e;
            }
            removeMovedValues(table, schema, statement);
            statement.execute(index);
        }
    }

    @Override
    public void complete(Planned table, Connection connection) {
        SchemaLoader loader = loaders.get(table.destinationSchema());
        var runner = new StatementRunner(
                connection, Map.of("table", table.definition().id()));
        runner.run(loader.tableStatements(table.definition()).constraints());
        runner.run("ANALYZE " + DdlWriter.qualifiedName(table.definition(), loader.loadingSchema()));
        if (isLarge(table)) {
            alter(table, "RESET (autovacuum_enabled)", connection);
        }
    }

    private static boolean isLarge(Planned table) {
        return table.rowsEstimated() > LARGE_TABLE_ROWS;
    }

    private void alter(Planned table, String action, Connection connection) {
        String schema = loaders.get(table.destinationSchema()).loadingSchema();
        new StatementRunner(connection, Map.of("table", table.definition().id()))
                .run("ALTER TABLE " + DdlWriter.qualifiedName(table.definition(), schema) + " " + action);
    }

    private static void removeMovedValues(TableDefinition table, String schema, Statement statement)
            throws SQLException {
        String name = DdlWriter.qualifiedName(table, schema);
        for (IndexDefinition index : table.indexes()) {
            boolean plain = index.parts().stream()
                    .allMatch(
                            part -> part.prefixLength() < 0 && part.expression().isEmpty());
            if (index.isUnique() && plain) {
                String columns = index.parts().stream()
                        .map(part -> DestinationTable.quote(DestinationNames.column(part.column())))
                        .reduce((a, b) -> a + ", " + b)
                        .orElseThrow();
                int removed = statement.executeUpdate("DELETE FROM " + name + " WHERE (" + columns + ") IN (SELECT "
                        + columns + " FROM " + name + " GROUP BY " + columns + " HAVING count(*) > 1)");
                LOG.info("Rows left to the stream table={} index={} rows={}", table.id(), index.name(), removed);
            }
        }
    }

    @Override
    public void publish(Connection connection) throws SQLException {
        long millis = settings.source().lockTimeout().toMillis();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + millis);
        }
        loaders.values().forEach(loader -> loader.swap(connection));
    }

    @Override
    public void cleanUp() {
        catalogue.read(connection -> {
            loaders.values().forEach(loader -> loader.dropReplaced(connection));
            return null;
        });
    }
}
