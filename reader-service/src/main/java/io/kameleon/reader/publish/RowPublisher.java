package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.RowImage;
import io.kameleon.reader.binlog.RowSink;
import io.kameleon.reader.publish.CascadeHeaders.TableCascades;
import io.kameleon.schemas.progress.TableTally;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.AbsentColumns;
import io.kameleon.schemas.wire.AvroOutput;
import io.kameleon.schemas.wire.TopicLayout;
import io.kameleon.schemas.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes records of row images and sends them, the last one of each source transaction marked with where it ends.
 *
 * <p>One record is always held back, because only the commit that follows tells whether it was the last. One thread only.
 */
final class RowPublisher implements RowSink {
    private final String topic;
    private final TopicWriter writer;
    private final EnvelopeWriter envelopes;
    private final AvroOutput value = new AvroOutput(4096);
    private final AvroOutput key = new AvroOutput(256);
    private ProducerRecord<byte[], byte[]> held;
    private PublishedTable table;
    private long eventPosition;
    private int rowInEvent;
    private long sourceTransactions;
    private long recordsInSourceTransaction;
    private long sentInSourceTransaction;
    private TableCascades cascades = TableCascades.NONE;
    private AbsentColumns absent;
    private final Set<TableId> lostChildren = new HashSet<>();
    private long recordsToSkip;
    private long rowsTotal;
    /** Tables with rows that are not told yet. */
    private final ArrayList<PublishedTable> counted = new ArrayList<>();

    RowPublisher(String topic, TopicWriter writer, EnvelopeWriter envelopes, ReadState from) {
        this.topic = topic;
        this.writer = writer;
        this.envelopes = envelopes;
        this.recordsToSkip = from.recordsToSkip();
        this.sentInSourceTransaction = from.recordsToSkip();
        this.rowsTotal = from.rowsTotal();
        this.sourceTransactions = from.transactionsTotal();
    }

    /** The rows that {@link #row} gets next come from this event. */
    void startEvent(PublishedTable eventTable, long position, TableCascades foreignKeys) {
        cascades = foreignKeys;
        table = eventTable;
        eventPosition = position;
        rowInEvent = 0;
    }

    @Override
    public void row(RowImage image) {
        rowsTotal++;
        absent = image.absent();
        if (absent != null) {
            noteLost(image);
        }
        switch (image.kind()) {
            case WRITE -> publish('c', null, image.after(), image.afterKey(), image.zeroDates(), null);
            case UPDATE -> update(image);
            case DELETE -> publish('d', image.before(), null, image.beforeKey(), 0, onDelete());
        }
        rowInEvent++;
    }

    /** One record even for another key where the new row is not whole, so that it cannot be an insert. */
    private void update(RowImage image) {
        if (absent != null) {
            publish('u', image.before(), image.after(), image.afterKey(), image.zeroDates(), null);
        } else if (image.keyChanged()) {
            publish('d', image.before(), null, image.beforeKey(), 0, cascades.movedFrom());
            publish('c', null, image.after(), image.afterKey(), image.zeroDates(), cascades.movedTo());
        } else {
            publish('u', image.before(), image.after(), image.afterKey(), image.zeroDates(), cascades.onUpdate());
        }
    }

    /** What keys do that refer to columns which the row lacks cannot be told. */
    private byte[] onDelete() {
        return absent == null || cascades.byIdentity() ? cascades.onDelete() : null;
    }

    /** Foreign keys act on columns that the row may lack, or on a change of key that no two records can tell. */
    private void noteLost(RowImage image) {
        boolean lost =
                switch (image.kind()) {
                    case WRITE -> false;
                    case DELETE -> cascades.onDelete() != null && !cascades.byIdentity();
                    case UPDATE -> image.keyChanged() ? cascades.movedFrom() != null : cascades.onUpdate() != null;
                };
        if (lost) {
            lostChildren.addAll(cascades.reached());
        }
    }

    /** Tables in which foreign keys changed rows that nobody can tell, since the last call. */
    Set<TableId> takeLostChildren() {
        Set<TableId> lost = Set.copyOf(lostChildren);
        lostChildren.clear();
        return lost;
    }

    private void publish(
            char op, AvroOutput before, AvroOutput after, AvroOutput rowKey, int zeroDates, byte[] cascade) {
        if (table.count(op)) {
            counted.add(table);
        }
        value.reset();
        WireFormat.writeHeader(value, table.envelopeSchemaId());
        EnvelopeWriter.writeRow(value, before);
        EnvelopeWriter.writeRow(value, after);
        envelopes.writeTail(
                value,
                table.sourceFacts(),
                op,
                eventPosition,
                rowInEvent,
                recordsInSourceTransaction + 1,
                table.nextOrder(sourceTransactions));
        var message = new ProducerRecord<>(topic, 0, framedKey(rowKey), value.toByteArray());
        if (zeroDates > 0) {
            byte[] count = String.valueOf(zeroDates).getBytes(StandardCharsets.UTF_8);
            message.headers().add(TopicLayout.ZERO_DATES_HEADER, count);
        }
        if (absent != null) {
            message.headers()
                    .add(
                            TopicLayout.ABSENT_HEADER,
                            absent.toBytes(table.decoder().columnCount()));
        }
        if (cascade != null) {
            message.headers().add(TopicLayout.CASCADE_HEADER, cascade);
        }
        hold(message);
    }

    private byte[] framedKey(AvroOutput rowKey) {
        if (table.keySchemaId() == PublishedTable.NO_KEY) {
            return null;
        }
        key.reset();
        WireFormat.writeHeader(key, table.keySchemaId());
        key.writeRaw(rowKey.buffer(), 0, rowKey.size());
        return key.toByteArray();
    }

    /** Sends the record held so far and keeps this one back. */
    void hold(ProducerRecord<byte[], byte[]> message) {
        recordsInSourceTransaction++;
        if (recordsToSkip > 0) {
            recordsToSkip--; // in the topic already
            return;
        }
        if (held != null) {
            sendHeld();
        }
        held = message;
    }

    private void sendHeld() {
        writer.send(held);
        sentInSourceTransaction++;
        held = null;
    }

    /**
     * The source transaction has ended.
     *
     * @param end FILE:POSITION after its commit
     * @return whether it had records
     */
    boolean endSourceTransaction(String end) {
        boolean any = recordsInSourceTransaction > 0;
        if (held != null) {
            held.headers().add(TopicLayout.COMMIT_HEADER, end.getBytes(StandardCharsets.UTF_8));
            sendHeld();
        }
        if (any) {
            sourceTransactions++;
        }
        recordsInSourceTransaction = 0;
        sentInSourceTransaction = 0;
        recordsToSkip = 0;
        return any;
    }

    /** Whether records of the open source transaction exist. */
    boolean isInsideSourceTransaction() {
        return recordsInSourceTransaction > 0;
    }

    /** Records of the open source transaction that are sent, in this or an earlier Kafka transaction. */
    long sentInSourceTransaction() {
        return sentInSourceTransaction;
    }

    /** Hands over what was published per table since the last call: images handed to Kafka, committed or not. */
    void takeTallies(BiConsumer<TableId, TableTally> to) {
        counted.forEach(one -> to.accept(one.id(), one.takeTally()));
        counted.clear();
    }

    long rowsTotal() {
        return rowsTotal;
    }

    long transactionsTotal() {
        return sourceTransactions;
    }
}
