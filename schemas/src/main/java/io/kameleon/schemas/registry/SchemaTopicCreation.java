package io.kameleon.schemas.registry;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.BrokerAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the schema topic, or proves that the one that is there keeps what is written to it. One thread only. */
final class SchemaTopicCreation {
    /** Room for the schemas of the widest table (4,096 columns), in bytes. */
    static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

    private final RegistrySettings.Topic settings;

    SchemaTopicCreation(RegistrySettings.Topic settings) {
        this.settings = settings;
    }

    /** @throws ReplicationException REGISTRY_UNREACHABLE (retry), BROKER_SETTING */
    void ensureCompactedTopic() {
        var properties = new HashMap<String, Object>(settings.clientProperties());
        properties.put(
                "default.api.timeout.ms", Math.toIntExact(settings.timeout().toMillis()));
        properties.put(
                "request.timeout.ms",
                Math.toIntExact(Math.min(settings.timeout().toMillis(), 30_000)));
        try (Admin admin = Admin.create(properties)) {
            if (!create(admin)) {
                requireCompacted(admin);
            }
        } catch (KafkaException e) {
            throw SchemaTopic.unreachable(settings, e);
        }
    }

    /** @return false when it exists already */
    private boolean create(Admin admin) {
        Optional<Short> replication =
                settings.replicationFactor() < 0 ? Optional.empty() : Optional.of((short) settings.replicationFactor());
        var topic = new NewTopic(settings.name(), Optional.of(1), replication)
                .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", Integer.toString(MESSAGE_BYTES_MAX)));
        try {
            BrokerAnswer.await(admin.createTopics(List.of(topic)).all(), settings.timeout());
            return true;
        } catch (TopicExistsException e) {
            return false;
        }
    }

    private void requireCompacted(Admin admin) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.name());
        var config = BrokerAnswer.await(admin.describeConfigs(List.of(resource)).all(), settings.timeout())
                .get(resource);
        String policy = config.get("cleanup.policy").value();
        if (!policy.equals("compact")) {
            throw new ReplicationException(
                    ErrorCode.BROKER_SETTING,
                    "The schema topic has cleanup.policy=" + policy + ", so schemas that rows need would be deleted",
                    Map.of("topic", settings.name()),
                    "Set it with 'kafka-configs.sh --alter --entity-type topics --entity-name " + settings.name()
                            + " --add-config cleanup.policy=compact', or name another topic.");
        }
    }
}
