package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.ExistingSchema;
import io.kameleon.replay.ddl.SchemaLoader;
import io.kameleon.replay.ddl.StatementRunner;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTableLookup;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** {@code keep_existing_schema}: the destination's own tables, emptied and loaded again. They are empty while it lasts. */
final class KeptDestination implements Destination {
    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final CopyPlan plan;

    KeptDestination(Catalogue catalogue, SourceSettings settings, CopyPlan plan) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.plan = plan;
    }

    @Override
    public void check() {
        catalogue.read(connection -> {
            plan.tables().forEach(table -> new ExistingSchema(table.destinationSchema())
                    .verify(connection, table.definition()));
            return null;
        });
    }

    @Override
    public List<String> prepare() {
        catalogue.inTransaction(connection -> {
            for (String schema : plan.destinationSchemas()) {
                new StatementRunner(connection, Map.of("schema", schema))
                        .run(new ExistingSchema(schema).truncate(plan.definitions(schema)));
            }
            return null;
        });
        return List.of();
    }

    @Override
    public DestinationTable table(Planned table, Connection connection) throws SQLException {
        String name = DestinationNames.table(table.definition().id().name());
        return DestinationTableLookup.find(connection, table.destinationSchema(), name);
    }

    @Override
    public List<String> indexes(Planned table) {
        return List.of();
    }

    @Override
    public void buildIndex(String index, Planned table, TableSnapshot snapshot, Connection connection) {
        throw new IllegalStateException("kept tables have their indexes");
    }

    @Override
    public void complete(Planned table, Connection connection) {
        new StatementRunner(connection, Map.of("table", table.definition().id()))
                .run("ANALYZE " + DdlWriter.qualifiedName(table.definition(), table.destinationSchema()));
    }

    @Override
    public void publish(Connection connection) {
        var ddl = new DdlWriter(settings.types(), OptionalInt.empty());
        for (String schema : plan.destinationSchemas()) {
            var loader = new SchemaLoader(ddl, schema, settings.source().grantSelectTo());
            new StatementRunner(connection, Map.of("schema", schema)).run(loader.grants());
        }
    }

    @Override
    public void cleanUp() {
        // Nothing was replaced.
    }
}
