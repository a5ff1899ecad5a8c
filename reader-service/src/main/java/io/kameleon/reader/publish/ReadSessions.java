package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogEndpoint;
import io.kameleon.reader.binlog.BinlogStream;
import io.kameleon.reader.ddl.Charsets;
import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.ServerDialect;
import io.kameleon.reader.ddl.StatementClassifier;
import io.kameleon.reader.server.BinlogPositions;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.record.SchemaChangeRecord;
import io.kameleon.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Puts a reading session together: state from Kafka, facts from the server, then the stream. One thread only. */
final class ReadSessions {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private final ReaderSettings settings;

    ReadSessions(ReaderSettings settings) {
        this.settings = settings;
    }

    /** Everything that one connection needs, closed together. */
    record Open(SourcePosition position, ReadSession session, BinlogStream stream, TopicTransaction transaction)
            implements AutoCloseable {
        BinlogCoordinates start() {
            return position.coordinates();
        }

        void run(BooleanSupplier stopping) throws InterruptedException {
            session.run(stopping);
        }

        @Override
        public void close() {
            stream.close();
            transaction.close();
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
                settings.kafka(),
                settings.topics().rows(source),
                settings.topics().state(source),
                settings.retention(),
                settings.topicReplicas());
        TopicTransaction transaction =
                TopicTransaction.open(source, settings.topics().readerTransactionalId(source), settings.kafka());
        try {
            StateTopic stateTopic = settings.stateTopic();
            ReadState state = stateTopic.load().orElseThrow(this::notInitialised);
            return connect(state, stateTopic, transaction, committedStates);
        } catch (RuntimeException e) {
            transaction.close();
            throw e;
        }
    }

    private Open connect(
            ReadState state, StateTopic stateTopic, TopicTransaction transaction, Consumer<ReadState> committedStates) {
        ServerFacts facts;
        Map<String, DefinitionReader.SchemaDefaults> databases;
        try (SourceServer server = SourceServer.connect(settings.address())) {
            facts = server.facts();
            new BinlogPositions(server).requireAvailable(state.position());
            databases = new DefinitionReader(server).schemaDefaults(settings.schemas());
        }
        ReadState resumed = onServer(state, facts);
        DefinitionTracker tracker = tracker(resumed, facts);
        databases.forEach((database, defaults) -> tracker.putDatabase(database, defaults.collation()));
        var envelopes = new EnvelopeWriter(facts.isMariaDb() ? "mariadb" : "mysql", settings.source());
        var publisher = new RowPublisher(settings.topics().rows(settings.source()), transaction, envelopes, resumed);
        EventHandler handler = handler(resumed, facts, tracker, stateTopic, transaction, publisher, envelopes);
        BinlogStream stream = stream(state, facts);
        var session = new ReadSession(
                stream,
                handler,
                publisher,
                transaction,
                stateTopic,
                resumed,
                settings.limits(),
                settings.clock(),
                committedStates);
        return new Open(resumed.position(), session, stream, transaction);
    }

    /** The state as it goes on: the same place, written from now on under the server that is read. */
    private static ReadState onServer(ReadState state, ServerFacts facts) {
        var position = new SourcePosition(
                facts.serverUuid(),
                state.position().coordinates(),
                state.position().gtidSet());
        return new ReadState(
                position,
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

    private static ServerDialect dialect(ServerFacts facts) {
        return ServerDialect.of(facts.version() + (facts.isMariaDb() ? "-MariaDB" : ""));
    }

    private DefinitionTracker tracker(ReadState state, ServerFacts facts) {
        ServerDialect dialect = dialect(facts);
        var tracker = new DefinitionTracker(
                dialect,
                NameCase.of(facts.lowerCaseTableNames()),
                Charsets.of(dialect, facts.defaultCollations(), facts.defaultCollation()),
                settings.schemas()::contains);
        state.tables().values().forEach(tracker::put);
        return tracker;
    }

    private EventHandler handler(
            ReadState state,
            ServerFacts facts,
            DefinitionTracker tracker,
            StateTopic stateTopic,
            TopicTransaction transaction,
            RowPublisher publisher,
            EnvelopeWriter envelopes) {
        String topic = settings.topics().rows(settings.source());
        var changes = new SchemaChangePublisher(
                topic,
                new RecordCodec<>(settings.schemaIds(), topic, SchemaChangeRecord.class),
                stateTopic,
                transaction,
                publisher,
                settings.replicated(),
                envelopes::sourceRecord,
                settings.clock());
        var tables = new TableRegister(
                topic, settings.schemaIds(), settings.zeroDates(), tracker, settings.replicated(), changes::publish);
        var classifier = new StatementClassifier(dialect(facts), NameCase.of(facts.lowerCaseTableNames()));
        var statements = new StatementHandler(classifier, tracker, tables, settings.replicated(), changes);
        return new EventHandler(settings.source(), state, tables, statements, publisher, envelopes);
    }

    /**
     * By GTID set where MySQL numbers every transaction: there the set, unlike the coordinates, holds only what was visible
     * when it was read. Otherwise by coordinates on the server they belong to, and by GTID on another one (F13).
     */
    private BinlogStream stream(ReadState state, ServerFacts facts) {
        boolean numbered =
                !state.position().gtidSet().isEmpty() && facts.gtidMode().isComplete();
        boolean sameServer = state.position().serverUuid().equals(facts.serverUuid());
        boolean byGtid = numbered && (!sameServer || settings.byGtid() && !facts.isMariaDb());
        return BinlogStream.open(
                settings.source(),
                BinlogEndpoint.of(settings.address()),
                settings.serverId(),
                state.position(),
                byGtid,
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
