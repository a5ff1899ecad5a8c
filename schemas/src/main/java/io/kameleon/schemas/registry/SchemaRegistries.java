package io.kameleon.schemas.registry;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.kameleon.schemas.error.ReplicationException;

/** Opens the registry that the configuration names. */
public final class SchemaRegistries {
    /** Schemas that the client of a server remembers per subject. */
    private static final int CACHED_SCHEMAS = 1_000;

    private SchemaRegistries() {}

    /**
     * A client that is thread-safe and that the caller closes. A server is not contacted before the first call; a topic is
     * created when it is missing, and read whole.
     *
     * @throws ReplicationException REGISTRY_UNREACHABLE (retry) or BROKER_SETTING, for a topic
     */
    public static SchemaRegistryClient open(RegistrySettings settings) {
        if (settings instanceof RegistrySettings.Server server) {
            return new CachedSchemaRegistryClient(server.urls(), CACHED_SCHEMAS, server.properties());
        }
        return TopicSchemaRegistry.open((RegistrySettings.Topic) settings);
    }
}
