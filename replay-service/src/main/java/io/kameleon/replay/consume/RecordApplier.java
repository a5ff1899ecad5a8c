package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplayPositionStore.Claim;
import io.kameleon.replay.apply.BatchWriter;
import io.kameleon.replay.apply.Care;
import io.kameleon.replay.apply.CascadeRun;
import io.kameleon.replay.apply.CascadeWriter;
import io.kameleon.replay.apply.RowBuffer;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.record.SchemaChangeRecord;
import io.kameleon.schemas.record.SchemaChanges;
import io.kameleon.schemas.record.SourceRecord;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.AbsentColumns;
import io.kameleon.schemas.wire.RecordCodec;
import io.kameleon.schemas.wire.TopicLayout;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Takes the records of a batch one by one: rows into the writer, schema changes between them.
 *
 * <p>Rows are gathered on the session's thread and written on the lane's; schema changes, and what has to read PostgreSQL, wait until
 * the lane is idle and then use the connection on the session's thread.
 */
final class RecordApplier implements AutoCloseable {
    private final Connection connection;
    private final ApplyLane lane;
    private final SkippedEvents skipped;
    private final TableTargets targets;
    private final BatchWriter writer;
    private final SchemaChangeApplier schemaChanges;
    private final Cascades cascades;
    private final CascadeWriter cascadeWriter;
    private final Failures failures;
    private final CountLedger counts;
    private final RecordCodec<SchemaChangeRecord> schemaChangeCodec;
    private final LaneGroup lanes;
    /** Tables that a lane has applied further than the position, and up to which offset. */
    private Map<TableId, Long> ahead;
    /** The batch under way is the first lane's alone: some of it is written, or concerns more than one table. */
    private boolean alone;

    /** @param ahead as {@link #ahead} */
    RecordApplier(
            ReplaySettings settings,
            ApplyLane lane,
            Connection connection,
            Map<TableId, Long> ahead,
            ProgressMeter progress)
            throws SQLException {
        this.ahead = ahead;
        this.connection = connection;
        this.lane = lane;
        skipped = new SkippedEvents(settings.skipEvents());
        targets = new TableTargets(settings, lane, connection);
        writer = new BatchWriter(connection);
        counts = new CountLedger(settings.source(), connection, progress);
        failures = new Failures(settings, connection, targets, counts, progress);
        schemaChanges = new SchemaChangeApplier(settings, connection, targets, failures, counts);
        cascades = new Cascades(settings, targets::table);
        cascadeWriter = new CascadeWriter(connection);
        schemaChangeCodec = new RecordCodec<>(settings.schemaIds(), settings.topic(), SchemaChangeRecord.class);
        lanes = LaneGroup.open(settings, connection, writer, progress);
    }

    /** Applies or buffers one record. The batch knows of it first, so that a failure can be found again. */
    void apply(ConsumerRecord<byte[], byte[]> message, Batch batch, ReplayPosition position, boolean careful)
            throws SQLException {
        failures.at(message);
        if (message.value() == null) {
            throw malformed(message, "has no value");
        }
        if (message.headers().lastHeader(TopicLayout.SCHEMA_CHANGE_HEADER) != null) {
            schemaChange(message, batch, careful);
        } else {
            row(message, batch, position, careful);
        }
    }

    private void schemaChange(ConsumerRecord<byte[], byte[]> message, Batch batch, boolean careful)
            throws SQLException {
        batch.schemaChange(message.offset());
        SchemaChangeRecord decoded = schemaChangeCodec.decode(message.value());
        SchemaChange change = SchemaChanges.fromRecord(decoded);
        startFlush(message.offset(), careful);
        lane.await();
        failures.at(coordinates(decoded.getSource()));
        schemaChanges.apply(change, coordinates(decoded.getSource()));
        cascadeWriter.clear();
        Header end = end(message);
        if (end != null) {
            markEnd(message, batch, end, decoded.getSource().getTsMs());
        }
    }

    private static BinlogCoordinates coordinates(SourceRecord source) {
        return new BinlogCoordinates(
                source.getFile(), Math.max(source.getPos(), BinlogCoordinates.FIRST_EVENT_POSITION));
    }

    private void row(ConsumerRecord<byte[], byte[]> message, Batch batch, ReplayPosition position, boolean careful)
            throws SQLException {
        TableTargets.Entry entry = targets.entry(message.key(), message.value());
        Header header = message.headers().lastHeader(TopicLayout.CASCADE_HEADER);
        byte[] cascade = header == null ? null : header.value();
        if (!cascades.isEmpty() && !cascades.continues(cascade, entry.known())) {
            startFlush(batch.lastOffset(), careful);
        }
        batch.row(message.offset());
        if (!isAhead(entry.table(), message.offset())) {
            apply(entry, message, cascade, batch, position, careful);
        }
        Header end = end(message);
        if (end != null) {
            markEnd(message, batch, end, entry.parse(message.value()).sourceMillis());
        }
    }

    private boolean isAhead(TableId table, long offset) {
        return !ahead.isEmpty() && offset < ahead.getOrDefault(table, 0L);
    }

    private void apply(
            TableTargets.Entry entry,
            ConsumerRecord<byte[], byte[]> message,
            byte[] cascade,
            Batch batch,
            ReplayPosition position,
            boolean careful)
            throws SQLException {
        TableTarget target = null;
        TableTarget parent = null;
        try {
            target = entry.target(message.value(), position);
            parent = cascade == null ? null : entry.target(position);
        } catch (ReplicationException e) {
            if (!careful || e.code().handling() != Handling.DISABLE_TABLE) {
                throw e;
            }
            failures.tableFailed(entry.table(), e);
        }
        if (target != null && !isSkipped(entry, message.value())) {
            Header absent = absent(message, entry);
            if (absent == null) {
                writer.row(target, message.key(), message.value(), Care.of(careful));
            } else {
                partial(target, message, AbsentColumns.of(absent.value()), batch, careful);
            }
            countZeroDates(message, target);
        }
        if (cascade != null) {
            cascade(cascade, parent, entry, message.value(), batch, careful);
        }
    }

    /** Null where the row can be applied as a whole one: a delete needs its identity only. */
    private static Header absent(ConsumerRecord<byte[], byte[]> message, TableTargets.Entry entry) {
        Header absent = message.headers().lastHeader(TopicLayout.ABSENT_HEADER);
        return absent == null || entry.parse(message.value()).operation() == RowOperation.DELETE ? null : absent;
    }

    /** After all that came before it, since it needs the row as it is then. */
    private void partial(
            TableTarget target,
            ConsumerRecord<byte[], byte[]> message,
            AbsentColumns absent,
            Batch batch,
            boolean careful)
            throws SQLException {
        startFlush(batch.lastOffset(), careful);
        lane.await();
        counts.add(
                careful
                        ? writer.applyPartialCarefully(target, message.key(), message.value(), absent, failures)
                        : writer.applyPartial(target, message.value(), absent));
    }

    private static void countZeroDates(ConsumerRecord<byte[], byte[]> message, TableTarget target) {
        Header zeroDates = message.headers().lastHeader(TopicLayout.ZERO_DATES_HEADER);
        if (zeroDates != null) {
            String count = new String(zeroDates.value(), StandardCharsets.UTF_8);
            target.conversions().addZeroDates(count.matches("\\d{1,9}") ? Long.parseLong(count) : 0);
        }
    }

    /** What foreign keys did because of the row, and the source did not log. */
    private void cascade(
            byte[] header, TableTarget parent, TableTargets.Entry entry, byte[] value, Batch batch, boolean careful)
            throws SQLException {
        RowRecord row = entry.parse(value);
        var at = new BinlogCoordinates(
                row.sourceFile(), Math.max(row.sourcePosition(), BinlogCoordinates.FIRST_EVENT_POSITION));
        alone = true;
        Set<TableId> lost = parent == null ? cascades.children(header) : cascades.add(header, parent, value, at);
        if (!lost.isEmpty()) {
            lane.await();
            failures.childrenLost(lost, entry.table(), at);
        }
    }

    private boolean isSkipped(TableTargets.Entry entry, byte[] value) {
        return !skipped.isEmpty() && skipped.skips(entry.parse(value).operation(), entry.table());
    }

    /** The header that ends a source transaction; null when the record ends none. */
    private static Header end(ConsumerRecord<byte[], byte[]> message) {
        return message.headers().lastHeader(TopicLayout.COMMIT_HEADER);
    }

    private static void markEnd(ConsumerRecord<byte[], byte[]> message, Batch batch, Header end, long sourceMillis) {
        BinlogCoordinates coordinates = BinlogCoordinates.parse(new String(end.value(), StandardCharsets.UTF_8));
        batch.endTransaction(message.offset(), coordinates, sourceMillis);
    }

    /** 0 while what is gathered must not be written yet. */
    long bufferedBytes() {
        return cascades.isHalf() ? 0 : writer.bufferedBytes();
    }

    int bufferedTables() {
        return writer.bufferedTables();
    }

    /**
     * Starts to write what is buffered into the open PostgreSQL transaction; carefully, waits for the end of it, because tables
     * may then be disabled.
     *
     * @param upTo offset of the last record of it
     */
    void startFlush(long upTo, boolean careful) throws SQLException {
        Gathered rows = gathered();
        alone = true;
        lane.start(upTo, () -> write(rows, careful));
        if (careful) {
            lane.await();
        }
    }

    /** Rows, and what foreign keys did because of the last of them; null for nothing. */
    private record Gathered(RowBuffer rows, CascadeRun cascade) {}

    private Gathered gathered() {
        return new Gathered(writer.take(), cascades.take());
    }

    /** Writes a batch's last rows, and all that has to be committed before the position is. Run on the lane's thread. */
    @FunctionalInterface
    interface LastWrite {
        void run(Claim claim, ReplayPosition from, ReplayPosition next) throws SQLException;
    }

    /** Ends the batch: what is buffered is the caller's to write, and the next record begins another batch. */
    LastWrite endBatch(long nextOffset, boolean careful) {
        Gathered rows = gathered();
        List<RowBuffer> parts = alone || careful || !ahead.isEmpty() ? List.of() : lanes.deal(rows.rows());
        alone = false;
        if (ahead.values().stream().allMatch(until -> until <= nextOffset)) {
            ahead = Map.of();
        }
        return parts.isEmpty()
                ? (claim, from, next) -> write(rows, careful)
                : (claim, from, next) -> lanes.apply(parts, claim, from, next).forEach(counts::add);
    }

    /** The batch can be ended here with its tables dealt out to lanes, while it is still small enough for that. */
    boolean canUseLanes() {
        return !alone && ahead.isEmpty() && lanes.areUsed();
    }

    /** After a conflict between lanes the first one goes on by itself. @return false when it did already */
    boolean leaveLanes() {
        return lanes.leave();
    }

    /** On the lane's thread. */
    private void write(Gathered gathered, boolean careful) throws SQLException {
        RowBuffer rows = gathered.rows();
        counts.add(careful ? writer.flushCarefully(rows, failures) : writer.flush(rows));
        if (gathered.cascade() == null) {
            return;
        }
        if (careful) {
            cascadeCarefully(gathered.cascade());
        } else {
            cascadeWriter.run(gathered.cascade());
        }
    }

    /** What cannot be followed costs the child tables, not the source. */
    private void cascadeCarefully(CascadeRun run) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            cascadeWriter.run(run);
            connection.releaseSavepoint(before);
        } catch (ReplicationException e) {
            Handling handling = e.code().handling();
            if (handling != Handling.DISABLE_TABLE && handling != Handling.DISCARD_ROW) {
                throw e;
            }
            connection.rollback(before);
            cascadeWriter.clear();
            run.places().keySet().forEach(child -> failures.tableFailed(child, e));
        }
    }

    /** Counts of committed batches wait for a commit to go with. */
    boolean hasCountsDue() {
        return counts.isDue();
    }

    void writeCounts() throws SQLException {
        counts.writeWhenDue();
    }

    void committed() {
        counts.committed();
    }

    /** @param nowAhead as {@link #ahead} */
    void rolledBack(Map<TableId, Long> nowAhead) throws SQLException {
        ahead = nowAhead;
        alone = false;
        writer.clear();
        cascades.clear();
        cascadeWriter.clear();
        counts.rolledBack();
        targets.reload();
        lanes.reload();
    }

    @Override
    public void close() {
        lanes.close();
    }

    private ReplicationException malformed(ConsumerRecord<byte[], byte[]> message, String what) {
        return new ReplicationException(
                ErrorCode.RECORD_MALFORMED,
                "A record of the topic " + what,
                Map.of("topic", message.topic(), "offset", message.offset()),
                "Check what else writes to the topic.");
    }
}
