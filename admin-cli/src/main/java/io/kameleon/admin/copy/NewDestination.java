package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.SchemaLoader;
import io.kameleon.replay.ddl.StatementRunner;
import io.kameleon.replay.ddl.TableStatements;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTableLookup;
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

    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final CopyPlan plan;
    private final Map<String, SchemaLoader> loaders = new TreeMap<>();

    NewDestination(Catalogue catalogue, SourceSettings settings, CopyPlan plan) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.plan = plan;
        var ddl = new DdlWriter(settings.types(), settings.source()::fillfactor);
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

    @Override
    public DestinationTable table(Planned table, Connection connection) throws SQLException {
        String schema = loaders.get(table.destinationSchema()).loadingSchema();
        String name = DestinationNames.table(table.definition().id().name());
        return DestinationTableLookup.find(connection, schema, name);
    }

    @Override
    public void complete(Planned table, TableSnapshot snapshot, Connection connection) throws SQLException {
        SchemaLoader loader = loaders.get(table.destinationSchema());
        TableStatements statements = loader.tableStatements(table.definition());
        try (Statement session = connection.createStatement()) {
            session.execute("SET maintenance_work_mem = '128MB'");
        }
        for (String index : statements.indexes()) {
            build(index, table.definition(), loader.loadingSchema(), snapshot, connection);
        }
        var runner = new StatementRunner(
                connection, Map.of("table", table.definition().id()));
        runner.run(statements.constraints());
        runner.run("ANALYZE " + DdlWriter.qualifiedName(table.definition(), loader.loadingSchema()));
    }

    /**
     * A copy without a lock reads its ranges at different moments, so a value of a unique column may stand in two rows that never had it
     * at the same time. Both changed after the stream's start, so both come again with it: they are taken out here.
     */
    private static void build(
            String index, TableDefinition table, String schema, TableSnapshot snapshot, Connection connection)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(index);
            } catch (SQLException e) {
                if (!UNIQUE_VIOLATION.equals(e.getSQLState()) || snapshot.exact()) {
                    throw e;
                }
                removeMovedValues(table, schema, statement);
                statement.execute(index);
            }
        } catch (SQLException e) {
            throw new io.kameleon.schemas.error.ReplicationException(
                    io.kameleon.schemas.error.ErrorCode.SCHEMA_CHANGE_FAILED,
                    "PostgreSQL refused an index of the copied table, SQLSTATE " + e.getSQLState(),
                    Map.of("table", table.id()),
                    "The table is left out. Look at its unique keys and values, then copy again.",
                    e);
        }
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
