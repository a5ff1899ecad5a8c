package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.reader.publish.ServerDefinitions;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.StableStart;
import io.kameleon.replay.ddl.SchemaLoader;
import io.kameleon.replay.ddl.StatementRunner;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source's tables in PostgreSQL without their rows, for a source that nothing was copied of. Used once. */
public final class StructureCopy {
    private final Catalogue catalogue;
    private final SourceSettings settings;

    /** @param settings with the catalogue's mappings */
    public StructureCopy(Installation installation, SourceSettings settings) {
        this.catalogue = installation.catalogue();
        this.settings = settings;
    }

    /**
     * What was made.
     *
     * @param refused tables left out, with the reason
     * @param notes   what the source has and PostgreSQL will not, one sentence each
     */
    public record Result(List<TableId> tables, Map<TableId, ReplicationException> refused, List<String> notes) {
        public Result {
            tables = List.copyOf(tables);
            refused = new TreeMap<>(refused);
            notes = List.copyOf(notes);
        }
    }

    /** @throws ReplicationException WRONG_STATE when tables of the source have rows in PostgreSQL */
    public void requireUncopied() {
        String source = settings.source().name();
        Status status = catalogue
                .read(connection -> new SourceStore().get(connection, source))
                .status();
        if (status != Status.ADDED) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "The source was copied already; its tables would be replaced by empty ones",
                    Map.of("source", source),
                    "'kameleon refresh_schema' and 'kameleon init_replica' copy tables anew, with their rows.");
        }
    }

    /** Destination schemas that have tables now. */
    public List<String> occupiedSchemas() {
        return catalogue.read(connection -> settings.filter().mappings().values().stream()
                .filter(schema -> SchemaLoader.hasTables(connection, schema))
                .sorted()
                .toList());
    }

    /** @throws ReplicationException with nothing changed in the destination schemas */
    public Result run() {
        try (SourceServer server = SourceServer.connect(settings.address())) {
            StableStart.Start start = new StableStart(server, ServerDefinitions.parser(server)::parse)
                    .find(settings.filter().mappings().keySet());
            CopyPlan plan = CopyPlan.of(server, start, settings);
            var destination = new NewDestination(catalogue, settings, plan);
            destination.check();
            List<String> notes = destination.prepare();
            catalogue.read(connection -> {
                for (Planned table : plan.tables()) {
                    new StatementRunner(
                                    connection,
                                    Map.of("table", table.definition().id()))
                            .run(destination.indexes(table));
                    destination.complete(table, connection);
                }
                return null;
            });
            catalogue.inTransaction(connection -> {
                destination.publish(connection);
                return null;
            });
            destination.cleanUp();
            return new Result(
                    plan.tables().stream().map(table -> table.definition().id()).toList(), plan.refused(), notes);
        }
    }
}
