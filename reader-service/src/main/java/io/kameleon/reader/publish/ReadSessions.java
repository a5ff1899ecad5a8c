package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogEndpoint;
import io.kameleon.reader.binlog.BinlogStream;
import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.StatementClassifier;
import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.record.SchemaChangeRecord;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Puts a reading session together: state from Kafka, facts from the server, then the stream. One thread only. */
final class ReadSessions {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private final ReaderSettings settings;
    private final ProgressMeter progress;

    ReadSessions(ReaderSettings settings, ProgressMeter progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Everything that one connection needs, closed together. */
    record Open(
            SourcePosition position,
            ReadSession session,
            EventHandler handler,
            BinlogStream stream,
            TopicWriter writer,
            TableRequests requests)
            implements AutoCloseable {
        BinlogCoordinates start() {
            return position.coordinates();
        }

        void run(BooleanSupplier stopping) throws InterruptedException {
            session.run(stopping);
        }

        @Override
        public void close() {
            requests.close();
            stream.close();
            handler.close();
            writer.close();
        }
    }

    /**
     * Fences every other reader of the source first, so that the state read next is the last one.
     *
     * @throws ReplicationException POSITION_MISSING before the source was initialised, SOURCE_UNREACHABLE, BROKER_UNREACHABLE,
     *     BINLOG_PURGED, SOURCE_CHANGED, ...
     */
    Open open(Consumer<ReadState> committedStates) {
        String source = settings.source();
        SourceTopics.ensure(
                settings.kafka(), settings.topics(), source, settings.retention(), settings.topicReplicas());
        var writer = new TopicWriter(source, Takeover.goOn(settings));
        try {
            StateTopic stateTopic = settings.stateTopic();
            ReadState state = stateTopic.load().orElseThrow(this::notInitialised);
            return connect(state, stateTopic, writer, committedStates);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private Open connect(
            ReadState state, StateTopic stateTopic, TopicWriter writer, Consumer<ReadState> committedStates) {
        ServerFacts facts;
        Map<String, DefinitionReader.SchemaDefaults> databases;
        String systemTimeZone;
        List<TableId> sequences;
        try (SourceServer server = SourceServer.connect(settings.address())) {
            facts = server.facts();
            new BinlogPositions(server).requireAvailable(state.position());
            systemTimeZone = server.value("SELECT @@system_time_zone");
            sequences = new DefinitionReader(server).sequences(settings.schemas());
            databases = new DefinitionReader(server).schemaDefaults(settings.schemas());
        }
        ReadState resumed = onServer(state, facts);
        DefinitionTracker tracker = tracker(resumed, facts);
        databases.forEach((database, defaults) -> tracker.putDatabase(database, defaults.collation()));
        var envelopes = new EnvelopeWriter(facts.isMariaDb() ? "mariadb" : "mysql", settings.source());
        String topic = settings.topics().rows(settings.source());
        var publisher = new RowPublisher(topic, writer, envelopes, resumed);
        var classifier =
                new StatementClassifier(ServerDefinitions.dialect(facts), NameCase.of(facts.lowerCaseTableNames()));
        var shadows = new ShadowTables(classifier, settings.replicated());
        sequences.forEach(shadows::addSequence);
        SchemaChangePublisher changes = changes(stateTopic, writer, publisher, shadows, envelopes);
        TableRegister tables = new TableRegister(
                topic, settings.schemaIds(), settings.zeroDates(), tracker, shadows::isPublished, changes::publish);
        var statements = new StatementHandler(
                classifier, tracker, tables, settings.replicated(), changes, shadows, systemTimeZone);
        var handler = new EventHandler(settings.source(), resumed, tables, statements, publisher, envelopes);
        BinlogStream stream = stream(state, resumed, facts);
        TableRequests requests = TableRequests.start(settings);
        var session = new ReadSession(
                stream,
                handler,
                publisher,
                new DefinitionAnswers(settings, requests, tracker, tables, changes, publisher, envelopes),
                writer,
                stateTopic,
                resumed,
                settings.limits(),
                settings.clock(),
                committedStates,
                progress);
        return new Open(resumed.position(), session, handler, stream, writer, requests);
    }

    /** The state as it goes on: the same place, written from now on under the server that is read. */
    private ReadState onServer(ReadState state, ServerFacts facts) {
        var position = new SourcePosition(
                facts.serverUuid(),
                state.position().coordinates(),
                state.position().gtidSet());
        return new ReadState(
                position,
                resumesByGtid(state, facts) ? Optional.empty() : state.readFrom(),
                facts.isMariaDb(),
                facts.version().toString(),
                facts.serverId(),
                state.recordsToSkip(),
                state.lastEventMillis(),
                state.writtenMillis(),
                state.rowsTotal(),
                state.transactionsTotal(),
                state.tables());
    }

    private DefinitionTracker tracker(ReadState state, ServerFacts facts) {
        var tracker = new DefinitionTracker(
                ServerDefinitions.dialect(facts),
                NameCase.of(facts.lowerCaseTableNames()),
                ServerDefinitions.charsets(facts),
                settings.schemas()::contains);
        state.tables().values().forEach(tracker::put);
        return tracker;
    }

    private SchemaChangePublisher changes(
            StateTopic stateTopic,
            TopicWriter writer,
            RowPublisher publisher,
            ShadowTables shadows,
            EnvelopeWriter envelopes) {
        String topic = settings.topics().rows(settings.source());
        return new SchemaChangePublisher(
                topic,
                new RecordCodec<>(settings.schemaIds(), topic, SchemaChangeRecord.class),
                stateTopic,
                writer,
                publisher,
                shadows,
                envelopes::sourceRecord,
                settings.clock());
    }

    /**
     * By GTID set where MySQL numbers every transaction: there the set, unlike the coordinates, holds only what was visible
     * when it was read. Otherwise by coordinates on the server they belong to, and by GTID on another one (F13).
     */
    private boolean resumesByGtid(ReadState state, ServerFacts facts) {
        boolean numbered =
                !state.position().gtidSet().isEmpty() && facts.gtidMode().isComplete();
        boolean sameServer = state.position().serverUuid().equals(facts.serverUuid());
        return numbered && (!sameServer || settings.byGtid() && !facts.isMariaDb());
    }

    private BinlogStream stream(ReadState state, ReadState resumed, ServerFacts facts) {
        return BinlogStream.open(
                settings.source(),
                BinlogEndpoint.of(settings.address()),
                settings.serverId(),
                new SourcePosition(
                        state.position().serverUuid(),
                        resumed.readFrom().orElse(state.position().coordinates()),
                        state.position().gtidSet()),
                resumesByGtid(state, facts),
                HEARTBEAT);
    }

    private ReplicationException notInitialised() {
        return new ReplicationException(
                ErrorCode.POSITION_MISSING,
                "The source was never initialised: Kafka holds no read position",
                Map.of("source", settings.source()),
                "Run 'kameleon init_replica --source " + settings.source() + "' first.");
    }
}
