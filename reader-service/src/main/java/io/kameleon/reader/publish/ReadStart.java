package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.registry.Subjects;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.BrokerAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Sets where the reader of a source begins, over whatever it had read before. */
public final class ReadStart {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private ReadStart() {}

    /**
     * Where the rows of the new beginning will stand.
     *
     * @param topicId    Kafka's id of the rows' topic
     * @param nextOffset of the first record that belongs to it
     */
    public record Beginning(String topicId, long nextOffset) {}

    /**
     * Ends a reader that may still run, and takes back what it has not committed.
     *
     * @throws ReplicationException BROKER_UNREACHABLE
     */
    public static void fence(ReaderSettings settings) {
        Takeover.fence(settings).close();
    }

    /**
     * Fences a reader that may still run, then replaces the state in one Kafka transaction.
     *
     * @throws ReplicationException BROKER_UNREACHABLE, REGISTRY_UNREACHABLE
     */
    public static Beginning write(ReaderSettings settings, ReadState state) {
        String rows = settings.topics().rows(settings.source());
        SourceTopics.ensure(
                settings.kafka(), settings.topics(), settings.source(), settings.retention(), settings.topicReplicas());
        registerSchemas(settings, rows, state);
        try (TopicTransaction transaction = Takeover.beginAnew(settings)) {
            StateTopic topic = settings.stateTopic();
            Set<TableId> old = topic.load().map(s -> s.tables().keySet()).orElse(Set.of());
            old.stream()
                    .filter(id -> !state.tables().containsKey(id))
                    .forEach(id -> transaction.send(topic.tableGone(id)));
            state.tables().values().forEach(table -> transaction.send(topic.table(table)));
            transaction.send(topic.position(state));
            transaction.commit();
        }
        return beginning(settings, rows);
    }

    /** All tables' at once, so that the first row of each does not wait for the registry. */
    private static void registerSchemas(ReaderSettings settings, String topic, ReadState state) {
        Stream<SchemaIds.Registration> registrations = state.tables().values().stream()
                .filter(table -> settings.replicated().test(table.id()))
                .flatMap(table -> registrations(topic, table).stream());
        settings.schemaIds().prepare(registrations.iterator());
    }

    /** None for a table that cannot be published: it is left out when its first row comes. */
    private static List<SchemaIds.Registration> registrations(String topic, TableDefinition table) {
        try {
            RowSchemas schemas = RowSchemas.of(topic, table);
            return Stream.of(schemas.key(), schemas.envelope())
                    .filter(Objects::nonNull)
                    .map(schema -> new SchemaIds.Registration(Subjects.of(topic, schema), schema))
                    .toList();
        } catch (ReplicationException e) {
            if (e.code().handling() != ErrorCode.Handling.DISABLE_TABLE) {
                throw e;
            }
            return List.of();
        }
    }

    private static Beginning beginning(ReaderSettings settings, String rows) {
        var partition = new TopicPartition(rows, 0);
        try (Admin admin = Admin.create(new HashMap<>(settings.kafka()))) {
            var described = admin.describeTopics(List.of(rows)).allTopicNames();
            Uuid topicId = BrokerAnswer.await(described, WAIT_MAX).get(rows).topicId();
            var ends = admin.listOffsets(
                    Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
            long end = BrokerAnswer.await(ends.partitionResult(partition), WAIT_MAX)
                    .offset();
            return new Beginning(topicId.toString(), end);
        } catch (KafkaException e) {
            throw unreachable(rows, e);
        }
    }

    private static ReplicationException unreachable(String topic, Throwable cause) {
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "The topic's end cannot be read: " + cause.getMessage(),
                Map.of("topic", topic),
                "Check the brokers.",
                cause);
    }
}
