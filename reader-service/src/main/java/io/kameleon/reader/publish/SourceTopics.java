package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.BrokerAnswer;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates a source's topics where they are missing. */
public final class SourceTopics {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration REQUESTS_RETENTION = Duration.ofHours(1);

    private SourceTopics() {}

    /**
     * @param retention how long row images stay ({@code batch_retention})
     * @param replication replicas per partition; -1 for the broker's default
     */
    public static void ensure(
            Map<String, Object> clientProperties,
            TopicLayout topics,
            String source,
            Duration retention,
            short replication) {
        String rows = topics.rows(source);
        String state = topics.state(source);
        var rowsTopic = new NewTopic(rows, 1, replication)
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(64 << 20)));
        var stateTopic = new NewTopic(state, 1, replication)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20),
                        TopicConfig.SEGMENT_MS_CONFIG,
                                Long.toString(Duration.ofHours(1).toMillis()),
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(64 << 20)));
        var requestsTopic = new NewTopic(topics.requests(source), 1, replication)
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(REQUESTS_RETENTION.toMillis()),
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(1 << 20)));
        try (Admin admin = Admin.create(new HashMap<>(clientProperties))) {
            for (NewTopic topic : List.of(rowsTopic, stateTopic, requestsTopic)) {
                create(admin, topic);
            }
        }
    }

    /** Deletes those that are there, with all that is in them. @throws ReplicationException BROKER_UNREACHABLE, BROKER_SETTING */
    public static void delete(Map<String, Object> clientProperties, TopicLayout topics, String source) {
        try (Admin admin = Admin.create(new HashMap<>(clientProperties))) {
            for (String topic : List.of(topics.rows(source), topics.requests(source), topics.state(source))) {
                delete(admin, topic);
            }
        }
    }

    private static void delete(Admin admin, String topic) {
        try {
            BrokerAnswer.await(admin.deleteTopics(List.of(topic)).all(), WAIT_MAX);
        } catch (UnknownTopicOrPartitionException e) {
            // It is not there: that was wanted.
        } catch (KafkaException e) {
            throw notDeleted(topic, e);
        }
    }

    private static ReplicationException notDeleted(String topic, Throwable cause) {
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "The topic cannot be deleted: " + cause.getMessage(),
                Map.of("topic", topic),
                "Check the brokers and that the client may delete topics, then run the command again.",
                cause);
    }

    private static void create(Admin admin, NewTopic topic) {
        try {
            BrokerAnswer.await(admin.createTopics(List.of(topic)).all(), WAIT_MAX);
        } catch (TopicExistsException e) {
            // It is there: that was wanted.
        } catch (KafkaException e) {
            throw unreachable(topic.name(), e);
        }
    }

    private static ReplicationException unreachable(String topic, Throwable cause) {
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "The topic cannot be created: " + cause.getMessage(),
                Map.of("topic", topic),
                "Check kafka.bootstrap_servers and that the client may create topics.",
                cause);
    }
}
