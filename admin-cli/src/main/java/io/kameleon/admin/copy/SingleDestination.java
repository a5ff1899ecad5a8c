package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.config.SourceConfig.ExistingSchema;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.StatementRunner;
import io.kameleon.replay.ddl.TableStatements;
import io.kameleon.replay.ddl.TableSwap;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.type.DestinationExtensions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * One table, loaded in a schema of its own while the destination's goes on being read. With {@code keep_existing_schema} the loaded
 * table has the structure of the destination's, which stays and gets its rows at the end.
 */
final class SingleDestination implements Destination {
    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final Planned planned;
    private final String loadingSchema;
    private final DdlWriter ddl;
    private final LoadingTables loading;
    private final String name;
    private final boolean kept;

    SingleDestination(Catalogue catalogue, SourceSettings settings, Planned planned, String loadingSchema) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.planned = planned;
        this.loadingSchema = loadingSchema;
        var types = settings.types().on(catalogue.read(DestinationExtensions::find));
        ddl = new DdlWriter(types, settings.source()::fillfactor);
        loading = new LoadingTables(ddl, any -> loadingSchema);
        name = DestinationNames.table(planned.definition().id().name());
        kept = settings.source().existingSchema() == ExistingSchema.KEEP;
    }

    @Override
    public void check() {
        DestinationNames.check(planned.definition());
        if (kept) {
            catalogue.read(connection -> {
                new io.kameleon.replay.ddl.ExistingSchema(planned.destinationSchema())
                        .verify(connection, planned.definition());
                return null;
            });
        }
    }

    @Override
    public List<String> prepare() {
        return catalogue.read(connection -> {
            TableSwap.createSchema(connection, loadingSchema);
            if (kept) {
                TableSwap.createLike(connection, loadingSchema, planned.destinationSchema(), name);
                return List.of();
            }
            TableStatements made = ddl.create(planned.definition(), loadingSchema);
            new StatementRunner(connection, Map.of("table", planned.definition().id())).run(made.create());
            return made.notes();
        });
    }

    @Override
    public DestinationTable table(Planned table, Connection connection) throws SQLException {
        return kept ? loaded(connection) : loading.table(table, connection);
    }

    DestinationTable loaded(Connection connection) throws SQLException {
        return DestinationTableLookup.find(connection, loadingSchema, name);
    }

    @Override
    public List<String> indexes(Planned table) {
        return kept ? List.of() : loading.indexes(table);
    }

    @Override
    public void buildIndex(String index, Planned table, TableSnapshot snapshot, Connection connection) {
        loading.buildIndex(index, table, snapshot, connection);
    }

    @Override
    public void complete(Planned table, Connection connection) {
        if (!kept) {
            loading.complete(table, connection);
        }
    }

    TableSwap swap(Connection connection) {
        return new TableSwap(connection, loadingSchema, planned.destinationSchema(), name);
    }

    @Override
    public void publish(Connection connection) throws SQLException {
        if (kept) {
            swap(connection).refill();
        } else {
            swap(connection).replace(settings.source().grantSelectTo());
        }
    }

    @Override
    public void cleanUp() {
        catalogue.read(connection -> {
            TableSwap.dropSchema(connection, loadingSchema);
            return null;
        });
    }
}
