package io.kameleon.reader.publish;

import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.record.SchemaChangeRecord;
import io.kameleon.schemas.record.SchemaChanges;
import io.kameleon.schemas.record.SourceRecord;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.RecordCodec;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts schema changes of replicated tables among the rows, and every tracked table's new definition into the state. One thread
 * only.
 */
final class SchemaChangePublisher {
    private static final byte[] EMPTY = new byte[0];

    private final String topic;
    private final RecordCodec<SchemaChangeRecord> codec;
    private final StateTopic state;
    private final TopicWriter writer;
    private final RowPublisher publisher;
    private final ShadowTables shadows;
    private final Supplier<SourceRecord> place;
    private final Clock clock;

    /** @param place the source block of the event under way */
    SchemaChangePublisher(
            String topic,
            RecordCodec<SchemaChangeRecord> codec,
            StateTopic state,
            TopicWriter writer,
            RowPublisher publisher,
            ShadowTables shadows,
            Supplier<SourceRecord> place,
            Clock clock) {
        this.topic = topic;
        this.codec = codec;
        this.state = state;
        this.writer = writer;
        this.publisher = publisher;
        this.shadows = shadows;
        this.place = place;
        this.clock = clock;
    }

    void publish(SchemaChange change) {
        change.changes().forEach(this::keepDefinition);
        List<TableChange> visible =
                ReplicatedChanges.of(OnlineSwaps.merge(change.changes(), shadows), shadows::isPublished);
        change.changes().forEach(shadows::follow);
        if (!visible.isEmpty()) {
            send(change.withChanges(visible));
        }
    }

    /** A table that a tool fills with the rows of another one, in whose place it will come: it is not the replica's. */
    void leaveToTool(TableId shadow) {
        if (shadows.isPublished(shadow)) {
            publish(new TableChange.Dropped(shadow));
            shadows.mark(shadow);
        }
    }

    /** A table that cannot be replicated from here on, not by a statement but by what its rows are. */
    void publish(TableChange change) {
        send(new SchemaChange("", "", clock.instant().getEpochSecond(), List.of(change)));
    }

    private void send(SchemaChange change) {
        byte[] value = codec.encode(SchemaChanges.toRecord(change, place.get(), clock.millis()));
        var message = new ProducerRecord<byte[], byte[]>(topic, 0, null, value);
        message.headers().add(TopicLayout.SCHEMA_CHANGE_HEADER, EMPTY);
        publisher.hold(message);
    }

    private void keepDefinition(TableChange change) {
        if (change instanceof TableChange.Created created) {
            writer.send(state.table(created.after()));
        } else if (change instanceof TableChange.RowsRemoved removed) {
            writer.send(state.table(removed.after()));
        } else if (change instanceof TableChange.Altered altered) {
            if (!altered.before().id().equals(altered.after().id())) {
                writer.send(state.tableGone(altered.before().id()));
            }
            writer.send(state.table(altered.after()));
        } else if (change instanceof TableChange.Stated stated) {
            writer.send(state.table(stated.after()));
        } else if (!(change instanceof TableChange.Truncated)) {
            writer.send(state.tableGone(change.table()));
        }
    }
}
