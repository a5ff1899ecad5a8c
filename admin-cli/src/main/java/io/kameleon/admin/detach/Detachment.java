package io.kameleon.admin.detach;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.SourceDefinitions;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.admin.runtime.TopicEnd;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.reader.publish.ReadStart;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The end of a source's replication: PostgreSQL becomes a database of its own.
 *
 * <p>Order of steps: the replica comes up with the source and is stopped; what is in the topic is replayed; the source is marked as
 * detached, in the transaction that takes the replay position away; the tables are completed; the topics and then the catalogue's
 * record go. Whatever interrupts it, another run goes on: from the mark on nothing is read or replayed any more. Used once.
 */
public final class Detachment {
    private static final int FENCED_ATTEMPTS = 3;

    private final Installation installation;
    private final Catalogue catalogue;
    private final String source;
    private final Options options;
    private final Differences differences;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param dropTopics        deletes the source's topics; of an embedded broker all its data
     * @param acceptDifferences detaches although tables are disabled or rows were refused
     * @param timeout           how long to wait for the replica to come up with the source, and for replay's next step
     */
    public record Options(boolean dropTopics, boolean acceptDifferences, Duration timeout) {}

    public Detachment(Installation installation, String source, Options options) {
        this.installation = installation;
        this.catalogue = installation.catalogue();
        this.source = source;
        this.options = options;
        this.differences = new Differences(catalogue, source);
    }

    /**
     * What an operator should know before: one sentence each.
     *
     * @throws ReplicationException WRONG_STATE when the source cannot be detached
     */
    public List<String> check() {
        if (isDetached()) {
            return List.of();
        }
        Replica.requireInitialised(installation, source);
        List<String> found = differences.known();
        if (!options.acceptDifferences()) {
            differences.requireNone(found);
        }
        return found;
    }

    private boolean isDetached() {
        return installation.registered(source).status() == Status.DETACHED;
    }

    /** @throws ReplicationException with nothing changed in PostgreSQL before the mark, and with what is done kept behind it */
    public DetachReport run() throws InterruptedException {
        boolean detached = isDetached();
        boolean reached = detached || new Standstill(installation, source, options.timeout()).reach();
        SourceSettings settings = Replica.settings(installation, source);
        DetachReport report;
        try (Leases leases = takeOver();
                KafkaAccess kafka = KafkaAccess.own(installation.config(), source)) {
            ReadStart.fence(settings.reader(kafka));
            Optional<ReadState> state = settings.reader(kafka).stateTopic().load();
            if (!detached) {
                drain(settings, kafka, state.orElseThrow(() -> neverRead()), reached);
            }
            DetachReport completed = complete(settings, state);
            report = dropTopics(settings, kafka).map(completed::with).orElse(completed);
        }
        dropEmbedded();
        catalogue.inTransaction(connection -> {
            new SourceStore().drop(connection, source);
            return null;
        });
        return report;
    }

    private void drain(SourceSettings settings, KafkaAccess kafka, ReadState state, boolean reached)
            throws InterruptedException {
        replay(settings, kafka);
        var found = new ArrayList<>(differences.known());
        found.addAll(differences.unfinished(state.position().coordinates()));
        if (!options.acceptDifferences()) {
            differences.requireNone(found);
        }
        notes.addAll(found);
        notes.addAll(reached ? wentOn(settings, state) : List.of(notReached(state)));
        catalogue.inTransaction(connection -> {
            new ReplayPositionStore().remove(connection, source);
            new SourceStore().setStatus(connection, source, Status.DETACHED);
            return null;
        });
    }

    private static String notReached(ReadState state) {
        return "The source could not be reached: what it committed behind "
                + state.position().coordinates() + " is not in PostgreSQL";
    }

    /** Perhaps not in the replicated schemas, which only who stopped the application can know. */
    private static List<String> wentOn(SourceSettings settings, ReadState state) {
        BinlogCoordinates read = state.position().coordinates();
        try (SourceServer server = SourceServer.connect(settings.address())) {
            BinlogCoordinates end = new BinlogPositions(server).current().coordinates();
            return read.isBefore(end)
                    ? List.of("The source went on: its binlog ends at " + end
                            + " by now, and PostgreSQL has what is before " + read
                            + ". Were the application's writes stopped?")
                    : List.of();
        } catch (ReplicationException e) {
            if (e.code() != ErrorCode.SOURCE_UNREACHABLE) {
                throw e;
            }
            return List.of(notReached(state));
        }
    }

    /** A replayer that was told to stop may commit once more, and then this one has to look anew. */
    private void replay(SourceSettings settings, KafkaAccess kafka) throws InterruptedException {
        long end = TopicEnd.committed(kafka.properties(), settings.topics().rows(source));
        for (int attempt = 1; ; attempt++) {
            try {
                new Drain(settings.replay(kafka, catalogue), options.timeout()).to(end);
                return;
            } catch (ReplicationException e) {
                if (e.code() != ErrorCode.WRITER_FENCED || attempt == FENCED_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private DetachReport complete(SourceSettings settings, Optional<ReadState> state) {
        Map<TableId, TableDefinition> definitions;
        Map<TableId, BigDecimal> autoIncrements;
        try (SourceServer server = SourceServer.connect(settings.address())) {
            autoIncrements = new DefinitionReader(server)
                    .autoIncrements(settings.filter().mappings().keySet());
            definitions = state.map(ReadState::tables).orElseGet(() -> new SourceDefinitions(server)
                    .read(settings.filter().mappings().keySet())
                    .tables());
        } catch (ReplicationException e) {
            if (e.code() != ErrorCode.SOURCE_UNREACHABLE) {
                throw e;
            }
            autoIncrements = Map.of();
            definitions = state.map(ReadState::tables).orElseThrow(() -> noDefinitions(e));
            notes.add(
                    "The source could not be asked for its AUTO_INCREMENT values: numbers go on behind the largest of each table");
        }
        return new TablesCompletion(catalogue, settings, notes).run(replicated(definitions), autoIncrements);
    }

    private Map<TableId, TableDefinition> replicated(Map<TableId, TableDefinition> definitions) {
        var found = new TreeMap<TableId, TableDefinition>();
        for (ReplicaTable table : catalogue.read(connection -> new TableStore().list(connection, source))) {
            if (table.state() != State.NOT_REPLICATED && definitions.containsKey(table.id())) {
                found.put(table.id(), definitions.get(table.id()));
            }
        }
        return found;
    }

    private Optional<String> dropTopics(SourceSettings settings, KafkaAccess kafka) {
        return options.dropTopics() ? TopicRemoval.run(kafka, settings.topics(), source) : Optional.empty();
    }

    private void dropEmbedded() {
        if (options.dropTopics()) {
            KafkaAccess.deleteEmbedded(installation.config(), source);
        }
    }

    private ReplicationException neverRead() {
        return new ReplicationException(
                ErrorCode.POSITION_MISSING,
                "Kafka has no read position of the source, so nobody can tell whether everything was replayed",
                Map.of("source", source),
                "Were topics or directories deleted? 'kameleon init_replica --source " + source + "' begins anew.");
    }

    private ReplicationException noDefinitions(ReplicationException cause) {
        return new ReplicationException(
                ErrorCode.SOURCE_UNREACHABLE,
                "The tables' definitions are neither in Kafka any more nor can the source be asked",
                Map.of("source", source),
                "Run the command again when the source answers. If only its topics were left to delete, 'kameleon drop_source"
                        + " --source " + source + "' ends it.",
                cause);
    }

    /** A service that stands by may have taken the source since the others were told to leave it. */
    private Leases takeOver() {
        List<Role> all = List.of(Role.values());
        return installation.config().kafka().broker() instanceof KafkaConfig.Cluster
                ? Leases.seize(catalogue, source, all, lost -> {})
                : Leases.take(catalogue, source, all, lost -> {});
    }
}
