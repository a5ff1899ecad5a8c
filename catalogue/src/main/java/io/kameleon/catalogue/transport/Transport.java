package io.kameleon.catalogue.transport;

import static java.util.Objects.requireNonNull;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.RegistryConfig;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.registry.RegistrySettings;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.registry.SchemaRegistries;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How Kafka's clients and the registry of one configuration are reached. Thread-safe: one serves all sources of a process.
 *
 * <p>Holds a registry client, and no Kafka client: those are made by their users from {@link #properties()}.
 */
public final class Transport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final Map<String, Object> properties;
    private final SchemaRegistryClient registry;
    private final SchemaIds schemaIds;

    private Transport(Map<String, Object> properties, SchemaRegistryClient registry) {
        this.properties = properties;
        this.registry = registry;
        this.schemaIds = SchemaIds.over(registry);
    }

    /**
     * Of a broker that is known to run: a cluster's, or an embedded one.
     *
     * @param bootstrapServers wins over what the configuration says
     * @throws ReplicationException REGISTRY_UNREACHABLE (retry) or BROKER_SETTING when the schemas stand in a topic
     */
    public static Transport at(KameleonConfig config, String bootstrapServers) {
        var properties = new HashMap<>(config.kafka().properties().values());
        properties.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, requireNonNull(bootstrapServers, "bootstrapServers"));
        return new Transport(Map.copyOf(properties), SchemaRegistries.open(registry(config, properties)));
    }

    /** Of a cluster, where both sides meet that run in processes of their own. As {@link #at}, after {@link #bootstrapServers}. */
    public static Transport cluster(KameleonConfig config) {
        return at(config, bootstrapServers(config));
    }

    /** The cluster's address. @throws ReplicationException CONFIGURATION_INVALID when the broker is embedded */
    public static String bootstrapServers(KameleonConfig config) {
        if (config.kafka().broker() instanceof KafkaConfig.Cluster cluster) {
            return cluster.bootstrapServers();
        }
        throw new ReplicationException(
                ErrorCode.CONFIGURATION_INVALID,
                "Reading and replaying in processes of their own need a Kafka that both reach",
                Map.of("file", config.file(), "key", "kafka.bootstrap_servers"),
                "Set it to a cluster's address, or use run_replica, which does both in one process.");
    }

    private static RegistrySettings registry(KameleonConfig config, Map<String, String> kafka) {
        if (config.registry().registry() instanceof RegistryConfig.Server server) {
            return new RegistrySettings.Server(
                    List.of(server.url().split(",")),
                    config.registry().properties().values());
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
    }
}
