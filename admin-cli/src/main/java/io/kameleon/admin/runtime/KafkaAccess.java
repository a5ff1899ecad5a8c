package io.kameleon.admin.runtime;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.kameleon.broker.BrokerSettings;
import io.kameleon.broker.EmbeddedBroker;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.RegistryConfig;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.registry.RegistrySettings;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.registry.SchemaRegistries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka and the registry as a command reaches them: a cluster, or an embedded broker that this process runs or finds running.
 *
 * <p>Each source has an embedded broker of its own, in a directory of its own, so that the replicas of one machine do not depend on
 * each other's processes.
 */
public final class KafkaAccess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAccess.class);

    private final EmbeddedBroker broker;
    private final Map<String, Object> properties;
    private final SchemaRegistryClient registry;
    private final SchemaIds schemaIds;

    private KafkaAccess(KameleonConfig config, String bootstrapServers, EmbeddedBroker broker) {
        this.broker = broker;
        var clientProperties = new HashMap<>(config.kafka().properties().values());
        clientProperties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        this.properties = Map.copyOf(clientProperties);
        this.registry = SchemaRegistries.open(registrySettings(config, clientProperties));
        this.schemaIds = SchemaIds.over(registry);
    }

    /** For the process that runs the replica: starts the embedded broker, or fails when another process has it. */
    public static KafkaAccess own(KameleonConfig config, String source) {
        if (config.kafka().broker() instanceof KafkaConfig.Cluster cluster) {
            return new KafkaAccess(config, cluster.bootstrapServers(), null);
        }
        var embedded = (KafkaConfig.Embedded) config.kafka().broker();
        EmbeddedBroker broker = EmbeddedBroker.start(
                new BrokerSettings(directory(embedded, source), embedded.port(), Map.of()));
        try {
            return new KafkaAccess(config, broker.bootstrapServers(), broker);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** For a command beside the replica: empty when the broker is embedded and no process runs it. */
    public static Optional<KafkaAccess> running(KameleonConfig config, String source) {
        if (config.kafka().broker() instanceof KafkaConfig.Cluster cluster) {
            return Optional.of(new KafkaAccess(config, cluster.bootstrapServers(), null));
        }
        var embedded = (KafkaConfig.Embedded) config.kafka().broker();
        return EmbeddedBroker.runningAt(directory(embedded, source))
                .map(bootstrapServers -> new KafkaAccess(config, bootstrapServers, null));
    }

    /** For one side alone, which another process has to meet. @throws ReplicationException CONFIGURATION_INVALID */
    public static KafkaAccess cluster(KameleonConfig config) {
        if (config.kafka().broker() instanceof KafkaConfig.Cluster cluster) {
            return new KafkaAccess(config, cluster.bootstrapServers(), null);
        }
        throw new ReplicationException(
                ErrorCode.CONFIGURATION_INVALID,
                "Reading and replaying in processes of their own need a Kafka that both reach",
                Map.of("file", config.file(), "key", "kafka.bootstrap_servers"),
                "Set it to a cluster's address, or use run_replica, which does both in one process.");
    }

    private static Path directory(KafkaConfig.Embedded embedded, String source) {
        return embedded.directory().resolve(source);
    }

    private static RegistrySettings registrySettings(KameleonConfig config, Map<String, String> kafka) {
        if (config.registry().registry() instanceof RegistryConfig.Server server) {
            return new RegistrySettings.Server(
                    List.of(server.url().split(",")), config.registry().properties().values());
        }
        return RegistrySettings.Topic.at(kafka);
    }

    /** Of every Kafka client, bootstrap servers included. */
    public Map<String, Object> properties() {
        return properties;
    }

    public SchemaIds schemaIds() {
        return schemaIds;
    }

    /** The registry that the topics' records refer to. */
    public SchemaRegistryClient registry() {
        return registry;
    }

    public String bootstrapServers() {
        return properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).toString();
    }

    @Override
    public void close() {
        try {
            registry.close();
        } catch (IOException e) {
            LOG.warn("Registry client was not closed", e);
        }
        if (broker != null) {
            broker.close();
        }
    }
}
