package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.PgErrors;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.replay.apply.ApplyMode;
import io.kameleon.replay.apply.BatchWriter;
import io.kameleon.replay.apply.Care;
import io.kameleon.replay.apply.FailureSink;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.RowFormat;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.record.SchemaChangeRecord;
import io.kameleon.schemas.record.SchemaChanges;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.AbsentColumns;
import io.kameleon.schemas.wire.RecordCodec;
import io.kameleon.schemas.wire.TopicLayout;
import io.kameleon.schemas.wire.WireFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Takes one table's events out of a source's topic, beside replay, into a table of its own: a copy that catches up with the
 * stream until it can take the table's place.
 *
 * <p>First {@link #awaitDefinition}, from which on the table's rows are known to be published; then {@link #into} the copied table;
 * then {@link #follow} and at last {@link #apply}. A statement that changes the table ends it with TABLE_DEFINITION_MISMATCH: the
 * copy is to be begun anew. One thread only; the connection is not in auto-commit and used by nobody else meanwhile.
 */
public final class TableFollower implements AutoCloseable {
    private static final Duration POLL_WAIT = Duration.ofMillis(100);
    private static final long BYTES_MAX = 8L << 20;
    private static final Entry OTHER_TABLE = new Entry(null, null, null);

    private final ReplaySettings settings;
    private final TableId table;
    private final Connection connection;
    private final TopicConsumer consumer;
    private final RecordCodec<SchemaChangeRecord> codec;
    private final SkippedEvents skipped;
    private final ConversionPolicy policy;
    private final BatchWriter writer;
    private final Sink sink;
    private final Deque<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
    private final Map<Integer, Entry> bySchema = new HashMap<>();
    private TableDefinition definition;
    private Copy copy;
    private FollowedCascades foreignKeys;
    /** The first offset that is not taken yet, and the first that is not committed. */
    private long next;

    private long committed;
    private boolean careful;

    /** @param strictFrom offset from which every event finds the table as the source had it */
    private record Copy(DestinationTable destination, long strictFrom, Optional<BinlogCoordinates> exactPoint) {}

    /** One schema of rows; {@code repeating} is null for a copy at an exact point, and all are for other tables. */
    private record Entry(RowRecord row, TableTarget strict, TableTarget repeating) {}

    /**
     * A definition as the reader stated it.
     *
     * @param at the place in the binlog behind which all rows of the table are in the topic
     */
    public record Stated(TableDefinition definition, BinlogCoordinates at) {}

    private TableFollower(ReplaySettings settings, TableId table, Connection connection, TopicConsumer consumer) {
        this.settings = settings;
        this.table = table;
        this.connection = connection;
        this.consumer = consumer;
        this.codec = new RecordCodec<>(settings.schemaIds(), settings.topic(), SchemaChangeRecord.class);
        this.skipped = new SkippedEvents(settings.skipEvents());
        this.policy = TableTargets.policy(settings.values());
        this.writer = new BatchWriter(connection);
        this.sink = new Sink();
    }

    /**
     * Begins at the topic's end.
     *
     * @param position any of the source's: it names the topic
     * @throws ReplicationException TOPIC_TRUNCATED, BROKER_UNREACHABLE
     */
    public static TableFollower open(
            ReplaySettings settings, TableId table, ReplayPosition position, Connection connection) {
        TopicConsumer consumer = TopicConsumer.open(settings, position);
        try {
            consumer.seekToEnd();
            var follower = new TableFollower(settings, table, connection, consumer);
            connection.commit(); // the writer's settings of the session last
            return follower;
        } catch (SQLException e) {
            consumer.close();
            throw PgErrors.translate(e, "The copied table cannot be written", Map.of("table", table));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Reads on until the reader answers the request; empty when nothing has come for {@code wait}. */
    public Optional<Stated> awaitDefinition(String request, Duration wait) {
        Iterator<ConsumerRecord<byte[], byte[]>> records = consumer.poll(wait).iterator();
        while (records.hasNext()) {
            ConsumerRecord<byte[], byte[]> message = records.next();
            Optional<Stated> stated = isSchemaChange(message) ? stated(message, request) : Optional.empty();
            if (stated.isPresent()) {
                records.forEachRemaining(ahead::add);
                next = message.offset() + 1;
                committed = next;
                definition = stated.get().definition();
                return stated;
            }
        }
        return Optional.empty();
    }

    private Optional<Stated> stated(ConsumerRecord<byte[], byte[]> message, String request) {
        SchemaChangeRecord decoded = codec.decode(message.value());
        for (TableChange change : SchemaChanges.fromRecord(decoded).changes()) {
            if (change instanceof TableChange.Stated stated && stated.request().equals(request)) {
                var at = new BinlogCoordinates(
                        decoded.getSource().getFile(),
                        Math.max(decoded.getSource().getPos(), BinlogCoordinates.FIRST_EVENT_POSITION));
                return Optional.of(new Stated(stated.after(), at));
            }
        }
        return Optional.empty();
    }

    /**
     * Where the events go.
     *
     * @param destination the copied table
     * @param strictFrom  offset behind the table's consistent point: events before it apply idempotently
     * @param exactPoint  for a table without identity: events before it are in the copy
     */
    public void into(DestinationTable destination, long strictFrom, Optional<BinlogCoordinates> exactPoint) {
        copy = new Copy(destination, strictFrom, exactPoint);
        foreignKeys = new FollowedCascades(settings, table, destination, exactPoint, connection);
        bySchema.clear();
    }

    /** The first offset that is not applied. */
    public long next() {
        return next;
    }

    /**
     * Applies some of what lies before the offset, and commits it.
     *
     * @return whether nothing is left before the offset
     * @throws ReplicationException TABLE_DEFINITION_MISMATCH; BROKER_UNREACHABLE, DESTINATION_UNREACHABLE, ...
     */
    public boolean follow(long until) {
        try {
            boolean reached = step(until);
            connection.commit();
            committed = next;
            careful = careful && !reached;
            return reached;
        } catch (SQLException e) {
            throw PgErrors.translate(e, "Events were not applied to the copied table", Map.of("table", table));
        } catch (ReplicationException e) {
            if (e.code().handling() != Handling.DISCARD_ROW || careful) {
                throw e;
            }
            careful = true;
            rolledBack();
            return false;
        }
    }

    /** Applies everything before the offset in the caller's transaction. After its commit this follower is of no more use. */
    public void apply(long until) {
        boolean reached = false;
        while (!reached) {
            reached = step(until);
        }
    }

    /** Ends the open transaction; what was applied in it comes again. */
    public void rolledBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw PgErrors.translate(e, "A transaction cannot be rolled back", Map.of("table", table));
        }
        writer.clear();
        foreignKeys.clear();
        ahead.clear();
        consumer.seek(committed);
        next = committed;
    }

    private boolean step(long until) {
        if (ahead.isEmpty() && consumer.position() < until) {
            consumer.poll(POLL_WAIT).forEach(ahead::add);
        }
        while (!ahead.isEmpty() && ahead.peek().offset() < until) {
            take(ahead.poll());
            if (writer.bufferedBytes() >= BYTES_MAX && !foreignKeys.isHalf()) {
                flush();
            }
        }
        flush();
        long reached = ahead.isEmpty() ? consumer.position() : ahead.peek().offset();
        next = Math.max(next, Math.min(reached, until));
        return reached >= until;
    }

    private void flush() {
        if (careful) {
            writer.flushCarefully(sink);
        } else {
            writer.flush();
        }
        foreignKeys.flush();
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        sink.offset = message.offset();
        if (isSchemaChange(message)) {
            requireUnchanged(message);
        } else if (message.value() != null) {
            row(message);
        }
    }

    private static boolean isSchemaChange(ConsumerRecord<byte[], byte[]> message) {
        return message.value() != null && message.headers().lastHeader(TopicLayout.SCHEMA_CHANGE_HEADER) != null;
    }

    private void requireUnchanged(ConsumerRecord<byte[], byte[]> message) {
        for (TableChange change :
                SchemaChanges.fromRecord(codec.decode(message.value())).changes()) {
            boolean same = change instanceof TableChange.Stated stated
                    && stated.after().equals(definition);
            boolean ours = change.table().equals(table)
                    || change instanceof TableChange.Altered altered
                            && altered.after().id().equals(table);
            if (ours && !same) {
                throw new ReplicationException(
                        ErrorCode.TABLE_DEFINITION_MISMATCH,
                        "A statement changed the table while it was copied again",
                        Map.of("table", table),
                        "The copy starts over by itself.");
            }
        }
    }

    private void row(ConsumerRecord<byte[], byte[]> message) {
        Header cascade = message.headers().lastHeader(TopicLayout.CASCADE_HEADER);
        if (!foreignKeys.isEmpty() && !foreignKeys.continues(cascade, message)) {
            flush();
        }
        Entry entry = bySchema.computeIfAbsent(WireFormat.readId(message.value()), id -> entry(id, message.key()));
        if (entry != OTHER_TABLE) {
            row(entry, message);
        }
        if (cascade != null) {
            foreignKeys.add(cascade.value(), message);
        }
    }

    private void row(Entry entry, ConsumerRecord<byte[], byte[]> message) {
        RowRecord row = entry.row().parse(message.value());
        if (!skipped.isEmpty() && skipped.skips(row.operation(), table)) {
            return;
        }
        boolean repeating = entry.repeating() != null && message.offset() < copy.strictFrom();
        if (isBehindCopy(row)) {
            TableTarget target = repeating ? entry.repeating() : entry.strict();
            Header absent = message.headers().lastHeader(TopicLayout.ABSENT_HEADER);
            if (absent == null || row.operation() == RowOperation.DELETE) {
                writer.row(target, message.key(), message.value(), Care.of(careful));
            } else {
                flush();
                partial(target, message, AbsentColumns.of(absent.value()));
            }
        }
    }

    private void partial(TableTarget target, ConsumerRecord<byte[], byte[]> message, AbsentColumns absent) {
        if (careful) {
            writer.applyPartialCarefully(target, message.key(), message.value(), absent, sink);
        } else {
            writer.applyPartial(target, message.value(), absent);
        }
    }

    private Entry entry(int schemaId, byte[] key) {
        RowFormat format = RowFormat.of(
                settings.schemaIds().byId(schemaId),
                key == null ? null : settings.schemaIds().byId(WireFormat.readId(key)));
        if (!format.table().equals(table)) {
            return OTHER_TABLE;
        }
        TableTarget strict = TableTarget.of(format, copy.destination(), ApplyMode.STRICT, policy);
        return new Entry(
                new RowRecord(format), strict, isRepeatable(format) ? strict.withMode(ApplyMode.IDEMPOTENT) : null);
    }

    private boolean isRepeatable(RowFormat format) {
        return format.isKeyed() && copy.exactPoint().isEmpty();
    }

    private boolean isBehindCopy(RowRecord row) {
        var at = new BinlogCoordinates(
                row.sourceFile(), Math.max(row.sourcePosition(), BinlogCoordinates.FIRST_EVENT_POSITION));
        return copy.exactPoint().filter(at::isBefore).isEmpty();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Rows that PostgreSQL refuses are kept, as replay keeps them; a table that it refuses ends the copy. */
    private final class Sink implements FailureSink {
        private final DiscardedRows rows = new DiscardedRows(settings, connection);
        private long offset;

        @Override
        public void refused(
                TableTarget target,
                RowOperation operation,
                byte[] key,
                byte[] value,
                ReplicationException cause,
                String sqlState) {
            try {
                rows.add(target, operation, value, cause, sqlState, offset);
            } catch (SQLException e) {
                throw PgErrors.translate(e, "A refused row cannot be kept", Map.of("table", table));
            }
        }

        @Override
        public void tableFailed(TableTarget target, ReplicationException cause) {
            throw cause;
        }
    }
}
