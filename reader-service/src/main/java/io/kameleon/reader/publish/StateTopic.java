package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.record.Flavour;
import io.kameleon.schemas.record.ReadStateRecord;
import io.kameleon.schemas.record.StateKey;
import io.kameleon.schemas.record.StateKind;
import io.kameleon.schemas.record.TableRecord;
import io.kameleon.schemas.record.TableRecords;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A source's compacted state topic: what is written to it with the rows, and how it is read back. One thread only. */
public final class StateTopic {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    /** Far more than the control records that can stand behind the last position. */
    private static final long TAIL_RECORDS = 200;

    private final String source;
    private final String topic;
    private final Map<String, Object> clientProperties;
    private final RecordCodec<StateKey> keys;
    private final RecordCodec<ReadStateRecord> positions;
    private final RecordCodec<TableRecord> tables;

    public StateTopic(String source, String topic, SchemaIds schemaIds, Map<String, Object> clientProperties) {
        this.source = source;
        this.topic = topic;
        this.clientProperties = Map.copyOf(clientProperties);
        keys = new RecordCodec<>(schemaIds, topic, StateKey.class);
        positions = new RecordCodec<>(schemaIds, topic, ReadStateRecord.class);
        tables = new RecordCodec<>(schemaIds, topic, TableRecord.class);
    }

    ProducerRecord<byte[], byte[]> position(ReadState state) {
        var value = new ReadStateRecord(
                source,
                state.position().serverUuid(),
                state.serverId(),
                state.mariaDb() ? Flavour.MARIADB : Flavour.MYSQL,
                state.serverVersion(),
                state.position().coordinates().file(),
                state.position().coordinates().position(),
                state.position().gtidSet(),
                state.readFrom().map(BinlogCoordinates::file).orElse(null),
                state.readFrom().map(BinlogCoordinates::position).orElse(0L),
                state.recordsToSkip(),
                state.lastEventMillis() == 0 ? null : state.lastEventMillis(),
                state.writtenMillis(),
                state.rowsTotal(),
                state.transactionsTotal());
        return new ProducerRecord<>(topic, 0, key(StateKind.POSITION, "", ""), positions.encode(value));
    }

    ProducerRecord<byte[], byte[]> table(TableDefinition table) {
        return new ProducerRecord<>(topic, 0, tableKey(table.id()), tables.encode(TableRecords.toRecord(table)));
    }

    ProducerRecord<byte[], byte[]> tableGone(TableId table) {
        return new ProducerRecord<>(topic, 0, tableKey(table), null);
    }

    private byte[] tableKey(TableId table) {
        return key(StateKind.TABLE, table.schema(), table.name());
    }

    private byte[] key(StateKind kind, String db, String table) {
        return keys.encode(new StateKey(kind, db, table));
    }

    /**
     * The whole state; empty when the source was never initialised.
     *
     * @throws ReplicationException BROKER_UNREACHABLE, REGISTRY_UNREACHABLE (retry), RECORD_MALFORMED
     */
    public Optional<ReadState> load() {
        return read(Long.MAX_VALUE);
    }

    /** As {@link #load}, but only the last position is sure to be there, not the tables: for a status. */
    public Optional<ReadState> loadPosition() {
        Optional<ReadState> tail = read(TAIL_RECORDS);
        return tail.isPresent() ? tail : load();
    }

    /** How many read positions stand there from an offset on, committed or not. @throws KafkaException */
    int positionsFrom(long offset) {
        var found = new AtomicInteger();
        PartitionReader.read(
                clientProperties,
                new TopicPartition(topic, 0),
                IsolationLevel.READ_UNCOMMITTED,
                WAIT_MAX,
                (begin, end) -> Math.max(begin, offset),
                message -> found.addAndGet(keys.decode(message.key()).getKind() == StateKind.POSITION ? 1 : 0));
        return found.get();
    }

    private Optional<ReadState> read(long recordsMax) {
        var fold = new Fold();
        try {
            PartitionReader.read(
                    clientProperties,
                    new TopicPartition(topic, 0),
                    IsolationLevel.READ_COMMITTED,
                    WAIT_MAX,
                    (begin, end) -> recordsMax == Long.MAX_VALUE ? begin : Math.max(begin, end - recordsMax),
                    fold::add);
            return Optional.ofNullable(fold.position).map(p -> state(p, fold.definitions));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            throw new ReplicationException(
                    ErrorCode.BROKER_UNREACHABLE,
                    "The read position cannot be read from Kafka: " + e.getMessage(),
                    Map.of("source", source, "topic", topic),
                    "Check the brokers.",
                    e);
        }
    }

    /** The last record of each key. */
    private final class Fold {
        private final Map<TableId, TableDefinition> definitions = new HashMap<>();
        private final SharedParts parts = new SharedParts();
        private ReadStateRecord position;

        void add(ConsumerRecord<byte[], byte[]> message) {
            StateKey key = keys.decode(message.key());
            if (key.getKind() == StateKind.POSITION) {
                position = message.value() == null ? null : positions.decode(message.value());
            } else {
                foldTable(definitions, parts, key, message.value());
            }
        }
    }

    private void foldTable(Map<TableId, TableDefinition> definitions, SharedParts parts, StateKey key, byte[] value) {
        var id = new TableId(key.getDb(), key.getTable());
        if (value == null) {
            definitions.remove(id);
        } else {
            definitions.put(id, parts.share(TableRecords.fromRecord(tables.decode(value))));
        }
    }

    private static ReadState state(ReadStateRecord position, Map<TableId, TableDefinition> tables) {
        return new ReadState(
                new SourcePosition(
                        position.getServerUuid(),
                        new BinlogCoordinates(position.getFile(), position.getPos()),
                        position.getGtidSet()),
                position.getReadFromFile() == null
                        ? Optional.empty()
                        : Optional.of(new BinlogCoordinates(position.getReadFromFile(), position.getReadFromPos())),
                position.getFlavour() == Flavour.MARIADB,
                position.getVersion(),
                position.getServerId(),
                position.getRowsPublishedInOpenTransaction(),
                position.getLastEventTsMs() == null ? 0 : position.getLastEventTsMs(),
                position.getWrittenAtMs(),
                position.getRowsTotal(),
                position.getTransactionsTotal(),
                tables);
    }
}
