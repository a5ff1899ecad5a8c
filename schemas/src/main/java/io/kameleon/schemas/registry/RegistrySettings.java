package io.kameleon.schemas.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Where the schemas are. The text form of either kind names its properties without their values: some are secrets. */
public sealed interface RegistrySettings {
    /**
     * A registry server that speaks Confluent's API.
     *
     * @param urls       one or more of the same registry, e.g. {@code http://registry:8081}
     * @param properties of the Confluent client, e.g. {@code basic.auth.credentials.source}
     */
    record Server(List<String> urls, Map<String, String> properties) implements RegistrySettings {
        public Server {
            urls = List.copyOf(urls);
            properties = Map.copyOf(properties);
            if (urls.isEmpty()) {
                throw new IllegalArgumentException("a registry without an address");
            }
        }

        @Override
        public String toString() {
            return "Server[urls=" + urls.size() + ", properties=" + new TreeSet<>(properties.keySet()) + "]";
        }
    }

    /**
     * A compacted topic in the layout of Confluent's own registry.
     *
     * @param name              {@value #DEFAULT_NAME} unless the cluster has one that belongs to somebody else
     * @param clientProperties  of Kafka's clients; {@code bootstrap.servers} and what it takes to log in
     * @param replicationFactor when the topic is created; -1 takes the broker's default
     * @param timeout           how long a call waits for Kafka at most
     */
    record Topic(String name, Map<String, String> clientProperties, int replicationFactor, Duration timeout)
            implements RegistrySettings {
        public static final String DEFAULT_NAME = "_schemas";

        public Topic {
            requireNonNull(name, "name");
            requireNonNull(timeout, "timeout");
            clientProperties = Map.copyOf(clientProperties);
        }

        /** The default name, the broker's replication, 30 seconds. */
        public static Topic at(Map<String, String> clientProperties) {
            return new Topic(DEFAULT_NAME, clientProperties, -1, Duration.ofSeconds(30));
        }

        @Override
        public String toString() {
            return "Topic[name=" + name + ", clientProperties=" + new TreeSet<>(clientProperties.keySet()) + "]";
        }
    }
}
