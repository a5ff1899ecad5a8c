package io.kameleon.catalogue.transport;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.BrokerAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** {@code batch_retention} of a topic that is there already: it was made with what held then. */
public final class TopicRetention {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private TopicRetention() {}

    /**
     * Makes the topic keep row images for {@code retention}.
     *
     * @return whether it had another value
     * @throws ReplicationException BROKER_UNREACHABLE
     */
    public static boolean apply(Map<String, Object> clientProperties, String topic, Duration retention) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        String wanted = Long.toString(retention.toMillis());
        try (Admin admin = Admin.create(new HashMap<>(clientProperties))) {
            ConfigEntry found = BrokerAnswer.await(
                            admin.describeConfigs(List.of(resource)).all(), WAIT_MAX)
                    .get(resource)
                    .get(TopicConfig.RETENTION_MS_CONFIG);
            if (found != null && wanted.equals(found.value())) {
                return false;
            }
            var change = new AlterConfigOp(new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, wanted), OpType.SET);
            BrokerAnswer.await(
                    admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                            .all(),
                    WAIT_MAX);
            return true;
        } catch (KafkaException e) {
            throw unreachable(topic, e);
        }
    }

    private static ReplicationException unreachable(String topic, Exception cause) {
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "The topic's retention cannot be set",
                Map.of("topic", topic),
                "Check the brokers, and that the client may alter the topic's configuration.",
                cause);
    }
}
