package io.kameleon.admin.importing;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.config.SourceConfig.TypeProfile;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.reader.publish.BinlogPassage;
import io.kameleon.reader.publish.ReadStart;
import io.kameleon.reader.publish.ReadStart.Beginning;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.publish.ServerDefinitions;
import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.SettingsCheck;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.StableStart;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.SourcePosition;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes over a source that pg_chameleon has replicated, without a new copy: its tables stay, and the stream begins where it stopped.
 *
 * <p>pg_chameleon stops anywhere in the log, inside a transaction too, and may not have replayed all that it has read. So reading begins
 * at the last end of a transaction before what is not replayed for sure, and up to where it has read rows are applied idempotently. A
 * table that was copied later than that begins at its own position. Used once.
 */
public final class ChameleonImport {
    private static final Set<String> UNFINISHED = Set.of("ready", "initialising", "syncing");

    private final Installation installation;
    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final String source;
    private final String schema;
    private final Consumer<String> progress;

    /**
     * @param schema   of pg_chameleon's catalogue
     * @param progress told what takes a while
     */
    public ChameleonImport(Installation installation, String source, String schema, Consumer<String> progress) {
        this.progress = progress;
        this.installation = installation;
        this.catalogue = installation.catalogue();
        this.settings = new SourceSettings(installation.config(), installation.source(source));
        this.source = source;
        this.schema = schema;
    }

    /**
     * What was taken over.
     *
     * @param from     where the stream begins
     * @param disabled tables that are not replicated yet, with the reason
     * @param notes    one sentence each
     */
    public record Result(SourcePosition from, int tables, Map<String, String> disabled, List<String> notes) {}

    /** @throws ReplicationException WRONG_STATE, MAPPING_CONFLICT, CONFIGURATION_INVALID, BINLOG_PURGED, ... with nothing changed */
    public Result run() throws InterruptedException {
        requireProfile();
        Optional<ReplicaSource> registered = catalogue.read(connection -> new SourceStore().find(connection, source));
        if (registered.filter(known -> known.status() != Status.ADDED).isPresent()) {
            throw refused(
                    "The source is in Kameleon's catalogue already, and was copied",
                    "To import it anew run 'kameleon drop_source --source " + source + "' first.");
        }
        ChameleonSource chameleon =
                catalogue.read(connection -> read(new ChameleonCatalogue(connection, schema, source)));
        try (SourceServer server = SourceServer.connect(settings.address());
                KafkaAccess kafka = KafkaAccess.own(installation.config(), source)) {
            checkSource(server);
            return begin(server, kafka, chameleon, registered.isPresent());
        }
    }

    private void requireProfile() {
        if (settings.source().typeProfile() != TypeProfile.PG_CHAMELEON) {
            throw new ReplicationException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "The tables have pg_chameleon's types, and the configuration says otherwise",
                    Map.of("source", source),
                    "Add 'type_profile: pg_chameleon' to the source.");
        }
    }

    private ChameleonSource read(ChameleonCatalogue from) throws SQLException {
        ChameleonSource found = from.read();
        if (from.sessions() > 0) {
            throw refused("pg_chameleon replicates the source at this time", "Stop it with 'chameleon stop_replica'.");
        }
        if (UNFINISHED.contains(found.status())) {
            throw refused(
                    "In pg_chameleon's catalogue the source is '" + found.status() + "': its copy did not end",
                    "Let it end, or begin with 'kameleon init_replica'.");
        }
        if (!found.mappings().equals(settings.filter().mappings())) {
            throw new ReplicationException(
                    ErrorCode.MAPPING_CONFLICT,
                    "schema_mappings of the file differ from those in pg_chameleon's catalogue, " + found.mappings(),
                    Map.of("source", source),
                    "Import with its mappings; 'kameleon update_schema_mappings' changes them afterwards.");
        }
        return found;
    }

    private void checkSource(SourceServer server) {
        var needs = SettingsCheck.Needs.of(
                settings.source().serverId(), settings.filter().mappings().keySet(), ResumeBy.GTID);
        SettingsCheck.require(server, SettingsCheck.run(server, needs));
    }

    private Result begin(SourceServer server, KafkaAccess kafka, ChameleonSource chameleon, boolean registered)
            throws InterruptedException {
        var positions = new BinlogPositions(server);
        positions.requireAvailable(new SourcePosition(server.facts().serverUuid(), chameleon.replayed(), ""));
        StableStart.Start now = new StableStart(server, ServerDefinitions.parser(server)::parse)
                .find(settings.filter().mappings().keySet());
        progress.accept("Looking through the binlog, from the beginning of "
                + chameleon.replayed().file() + " to " + now.position().coordinates());
        BinlogPassage.Found passage = new BinlogPassage(settings.reader(kafka), server.facts(), chameleon.replayed())
                .read(now.position().coordinates());
        passage.statement().ifPresent(at -> {
            throw refused(
                    "A table was changed by a statement that pg_chameleon has not replayed, at " + at,
                    "Start its replica, let it come up with the source, stop it, and run this again.");
        });
        SourcePosition from = positions.before(now.position(), passage.boundary(), passage.gtids());
        var tables = new ImportedTables(settings, chameleon, now, from.coordinates());
        catalogue.read(connection -> {
            tables.check(connection);
            return null;
        });
        Beginning beginning = ReadStart.write(
                settings.reader(kafka),
                ReadState.beginning(from, server.facts(), System.currentTimeMillis(), now.definitions()));
        catalogue.inTransaction(connection -> {
            tables.record(connection, installation.config(), server.facts(), beginning, registered);
            return null;
        });
        return new Result(from, tables.replicated(), tables.disabled(), tables.notes());
    }

    private ReplicationException refused(String what, String remedy) {
        return new ReplicationException(ErrorCode.WRONG_STATE, what, Map.of("source", source), remedy);
    }
}
