package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.SchemaLoader;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.type.DestinationExtensions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tables built anew in loading schemas, which replace the destination schemas at the end. */
final class NewDestination implements Destination {
    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final CopyPlan plan;
    private final LoadingTables tables;
    private final Map<String, SchemaLoader> loaders = new TreeMap<>();

    NewDestination(Catalogue catalogue, SourceSettings settings, CopyPlan plan) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.plan = plan;
        var types = settings.types().on(catalogue.read(DestinationExtensions::find));
        var ddl = new DdlWriter(types, settings.source()::fillfactor);
        tables = new LoadingTables(ddl, DestinationNames::loadingSchema);
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
        return tables.table(table, connection);
    }

    @Override
    public List<String> indexes(Planned table) {
        return tables.indexes(table);
    }

    @Override
    public void buildIndex(String index, Planned table, TableSnapshot snapshot, Connection connection) {
        tables.buildIndex(index, table, snapshot, connection);
    }

    @Override
    public void complete(Planned table, Connection connection) {
        tables.complete(table, connection);
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
