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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
    private final TopicTransaction transaction;
    private final RowPublisher publisher;
    private final Predicate<TableId> replicated;
    private final Supplier<SourceRecord> place;
    private final Clock clock;

    /** @param place the source block of the event under way */
    SchemaChangePublisher(
            String topic,
            RecordCodec<SchemaChangeRecord> codec,
            StateTopic state,
            TopicTransaction transaction,
            RowPublisher publisher,
            Predicate<TableId> replicated,
            Supplier<SourceRecord> place,
            Clock clock) {
        this.topic = topic;
        this.codec = codec;
        this.state = state;
        this.transaction = transaction;
        this.publisher = publisher;
        this.replicated = replicated;
        this.place = place;
        this.clock = clock;
    }

    void publish(SchemaChange change) {
        change.changes().forEach(this::keepDefinition);
        List<TableChange> visible = visible(change.changes());
        if (!visible.isEmpty()) {
            send(new SchemaChange(change.database(), change.statement(), change.timestamp(), visible));
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
            transaction.send(state.table(created.after()));
        } else if (change instanceof TableChange.Altered altered) {
            if (!altered.before().id().equals(altered.after().id())) {
                transaction.send(state.tableGone(altered.before().id()));
            }
            transaction.send(state.table(altered.after()));
        } else if (change instanceof TableChange.Stated stated) {
            transaction.send(state.table(stated.after()));
        } else if (!(change instanceof TableChange.Truncated)) {
            transaction.send(state.tableGone(change.table()));
        }
    }

    /** What replay has to know: a table that enters or leaves the replicated ones stops, for its rows are not both sides'. */
    private List<TableChange> visible(List<TableChange> all) {
        var visible = new ArrayList<TableChange>();
        for (TableChange change : all) {
            TableId after = change instanceof TableChange.Altered a ? a.after().id() : change.table();
            boolean was = replicated.test(change.table());
            boolean is = replicated.test(after);
            if (was && is) {
                visible.add(change);
            } else if (was) {
                visible.add(new TableChange.Unsupported(
                        change.table(), "it was renamed to " + after + ", which is not replicated"));
            } else if (is) {
                visible.add(new TableChange.Unsupported(
                        after,
                        "it was renamed from " + change.table()
                                + ", which is not replicated: its rows have to be copied"));
            }
        }
        return visible;
    }
}
