package io.kameleon.reader.publish;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.server.SourceAddress;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one source's reader works with.
 *
 * @param serverId         to announce to the server; unique among its replicas
 * @param schemas          origin schemas whose tables are followed
 * @param replicated       which of their tables' rows are published
 * @param byGtid           resume by GTID where the server numbers every transaction
 * @param kafka            properties of every Kafka client, bootstrap servers included
 * @param topicReplicas    replicas of a topic that is created; -1 for the broker's default
 * @param retryWait        {@code sleep_loop}
 * @param exitOnError      {@code on_error_read: exit}
 * @param zeroDates        marked where replay has to tell them from NULL
 */
public record ReaderSettings(
        String source,
        SourceAddress address,
        long serverId,
        Set<String> schemas,
        Predicate<TableId> replicated,
        boolean byGtid,
        Map<String, Object> kafka,
        TopicLayout topics,
        short topicReplicas,
        Duration retention,
        SchemaIds schemaIds,
        ReadLimits limits,
        Duration retryWait,
        boolean exitOnError,
        ZeroDateForm zeroDates,
        Clock clock) {
    public ReaderSettings {
        requireNonNull(source, "source");
        requireNonNull(address, "address");
        schemas = Set.copyOf(schemas);
        kafka = Map.copyOf(kafka);
        requireNonNull(schemaIds, "schemaIds");
        requireNonNull(zeroDates, "zeroDates");
    }

    public StateTopic stateTopic() {
        return new StateTopic(source, topics.state(source), schemaIds, kafka);
    }
}
