package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.KeptStructureStore;
import io.kameleon.catalogue.store.KeptStructureStore.Kind;
import io.kameleon.catalogue.store.KeptStructureStore.Part;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.ExistingSchema;
import io.kameleon.replay.ddl.SchemaLoader;
import io.kameleon.replay.ddl.StatementRunner;
import io.kameleon.replay.ddl.TableParts;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTableLookup;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code keep_existing_schema}: the destination's own tables, emptied and loaded again. They are empty while it lasts, and their foreign
 * keys, indexes and constraints other than the primary key away: the statements that make them again stand in the catalogue, so that
 * a copy that was cut off and is run again brings them back.
 */
final class KeptDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(KeptDestination.class);

    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final CopyPlan plan;
    private final KeptStructureStore store = new KeptStructureStore();
    private final DdlWriter ddl;
    private final LoadingTables loading;

    KeptDestination(Catalogue catalogue, SourceSettings settings, CopyPlan plan) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.plan = plan;
        this.ddl = new DdlWriter(settings.types(), OptionalInt.empty());
        this.loading = new LoadingTables(ddl, schema -> schema);
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
            for (Planned table : plan.tables()) {
                takeAway(table, Kind.FOREIGN_KEY, TableParts.foreignKeys(connection, place(table)), connection);
            }
            for (Planned table : plan.tables()) {
                takeAway(table, Kind.INDEX, TableParts.indexes(connection, place(table)), connection);
            }
            for (String schema : plan.destinationSchemas()) {
                new StatementRunner(connection, Map.of("schema", schema))
                        .run(new ExistingSchema(schema).truncate(plan.definitions(schema)));
            }
            return null;
        });
        return List.of();
    }

    private void takeAway(Planned table, Kind kind, List<TableParts.Part> parts, Connection connection)
            throws SQLException {
        store.put(
                connection,
                source(),
                parts.stream()
                        .map(part -> new Part(table.destinationSchema(), name(table), part.name(), kind, part.make()))
                        .toList());
        var runner = new StatementRunner(
                connection, Map.of("table", table.definition().id()));
        parts.forEach(part -> runner.run(part.drop()));
    }

    private List<Part> parts(Planned table, Kind kind, Connection connection) throws SQLException {
        return store.list(connection, source(), table.destinationSchema(), name(table)).stream()
                .filter(part -> part.kind() == kind)
                .toList();
    }

    private String source() {
        return settings.source().name();
    }

    private static String place(Planned table) {
        return DdlWriter.qualifiedName(table.definition(), table.destinationSchema());
    }

    private static String name(Planned table) {
        return DestinationNames.table(table.definition().id().name());
    }

    @Override
    public DestinationTable table(Planned table, Connection connection) throws SQLException {
        return DestinationTableLookup.find(connection, table.destinationSchema(), name(table));
    }

    @Override
    public List<String> indexes(Planned table) {
        return catalogue.read(connection -> parts(table, Kind.INDEX, connection)).stream()
                .map(Part::statement)
                .toList();
    }

    @Override
    public void buildIndex(String index, Planned table, TableSnapshot snapshot, Connection connection) {
        loading.buildIndex(index, table, snapshot, connection);
        catalogue.inTransaction(c -> {
            for (Part part : parts(table, Kind.INDEX, c)) {
                if (part.statement().equals(index)) {
                    store.remove(c, source(), part);
                }
            }
            return null;
        });
    }

    @Override
    public void complete(Planned table, Connection connection) {
        new StatementRunner(connection, Map.of("table", table.definition().id())).run("ANALYZE " + place(table));
    }

    @Override
    public void publish(Connection connection) throws SQLException {
        for (Planned table : plan.tables()) {
            for (Part key : parts(table, Kind.FOREIGN_KEY, connection)) {
                if (!TableParts.makeKey(connection, key.statement())) {
                    LOG.warn(
                            "Foreign key not validated table={} name={}",
                            table.definition().id(),
                            key.name());
                }
                store.remove(connection, source(), key);
            }
        }
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
