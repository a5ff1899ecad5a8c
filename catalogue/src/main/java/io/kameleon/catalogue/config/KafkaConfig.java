package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where the topics are.
 *
 * @param topicPrefix       first part of every topic's name
 * @param replicationFactor copies of each topic that is created, 1 on an embedded broker
 * @param properties        for every Kafka client, over what Kameleon sets by itself
 */
public record KafkaConfig(Broker broker, String topicPrefix, short replicationFactor, ClientProperties properties) {
    public KafkaConfig {
        requireNonNull(broker, "broker");
        requireNonNull(topicPrefix, "topicPrefix");
        requireNonNull(properties, "properties");
    }

    /** A broker in this process, or a cluster that is there already. */
    public sealed interface Broker {}

    /**
     * A broker inside the process that runs the replica.
     *
     * @param directory its data, which outlives the process; need not exist yet
     * @param port      0 to 65535; 0 takes a free one, which the directory remembers
     */
    public record Embedded(Path directory, int port) implements Broker {
        public Embedded {
            requireNonNull(directory, "directory");
        }
    }

    /** @param bootstrapServers {@code host:port}, separated by commas, as Kafka's clients take it */
    public record Cluster(String bootstrapServers) implements Broker {
        public Cluster {
            requireNonNull(bootstrapServers, "bootstrapServers");
        }
    }
}
