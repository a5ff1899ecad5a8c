package io.kameleon.admin.runtime;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.kameleon.broker.BrokerSettings;
import io.kameleon.broker.EmbeddedBroker;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.schemas.registry.SchemaIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kafka and the registry as a command reaches them: a cluster, or an embedded broker that this process runs or finds running.
 *
 * <p>Each source has an embedded broker of its own, in a directory of its own, so that the replicas of one machine do not depend on
 * each other's processes.
 */
public final class KafkaAccess implements AutoCloseable {
    private final Transport transport;
    private final Optional<EmbeddedBroker> broker;

    private KafkaAccess(Transport transport, Optional<EmbeddedBroker> broker) {
        this.transport = transport;
        this.broker = broker;
    }

    /** For the process that runs the replica: starts the embedded broker, or fails when another process has it. */
    public static KafkaAccess own(KameleonConfig config, String source) {
        if (!(config.kafka().broker() instanceof KafkaConfig.Embedded embedded)) {
            return cluster(config);
        }
        EmbeddedBroker broker =
                EmbeddedBroker.start(new BrokerSettings(directory(embedded, source), embedded.port(), Map.of()));
        try {
            return new KafkaAccess(Transport.at(config, broker.bootstrapServers()), Optional.of(broker));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** For a command beside the replica: empty when the broker is embedded and no process runs it. */
    public static Optional<KafkaAccess> running(KameleonConfig config, String source) {
        if (!(config.kafka().broker() instanceof KafkaConfig.Embedded embedded)) {
            return Optional.of(cluster(config));
        }
        return EmbeddedBroker.runningAt(directory(embedded, source))
                .map(bootstrapServers -> new KafkaAccess(Transport.at(config, bootstrapServers), Optional.empty()));
    }

    /** The servers that {@link #running} would go to, without going there: for those who keep one open and ask again. */
    public static Optional<String> runningAt(KameleonConfig config, String source) {
        return config.kafka().broker() instanceof KafkaConfig.Embedded embedded
                ? EmbeddedBroker.runningAt(directory(embedded, source))
                : Optional.of(Transport.bootstrapServers(config));
    }

    /** For one side alone, which another process has to meet. @throws ReplicationException CONFIGURATION_INVALID */
    public static KafkaAccess cluster(KameleonConfig config) {
        return new KafkaAccess(Transport.cluster(config), Optional.empty());
    }

    /** Deletes all that the source's embedded broker, which must not run, keeps on disk; nothing of a cluster. */
    public static void deleteEmbedded(KameleonConfig config, String source) {
        if (config.kafka().broker() instanceof KafkaConfig.Embedded embedded) {
            Path directory = directory(embedded, source);
            try (Stream<Path> files = Files.exists(directory) ? Files.walk(directory) : Stream.empty()) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the broker's directory " + directory + " cannot be deleted", e);
            }
        }
    }

    private static Path directory(KafkaConfig.Embedded embedded, String source) {
        return embedded.directory().resolve(source);
    }

    Transport transport() {
        return transport;
    }

    /** Of every Kafka client, bootstrap servers included. */
    public Map<String, Object> properties() {
        return transport.properties();
    }

    public SchemaIds schemaIds() {
        return transport.schemaIds();
    }

    /** The registry that the topics' records refer to. */
    public SchemaRegistryClient registry() {
        return transport.registry();
    }

    public String bootstrapServers() {
        return transport.bootstrapServers();
    }

    @Override
    public void close() {
        transport.close();
        broker.ifPresent(EmbeddedBroker::close);
    }
}
