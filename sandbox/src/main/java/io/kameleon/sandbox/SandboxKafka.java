package io.kameleon.sandbox;

import io.kameleon.broker.BrokerSettings;
import io.kameleon.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Kafka node in this process whose data is deleted when it closes. */
public final class SandboxKafka implements AutoCloseable {
    private final Path directory;
    private final EmbeddedBroker broker;

    private SandboxKafka(Path directory, EmbeddedBroker broker) {
        this.directory = directory;
        this.broker = broker;
    }

    /** Starts a node on any free port; returns when it answers. */
    public static SandboxKafka start() {
        return start(Map.of());
    }

    /**
     * Starts a node on any free port with Kafka properties of the caller's; returns when it answers.
     *
     * @param overrides see {@link BrokerSettings}
     */
    public static SandboxKafka start(Map<String, String> overrides) {
        try {
            Path directory = Files.createTempDirectory("kameleon-kafka");
            return new SandboxKafka(directory, EmbeddedBroker.start(new BrokerSettings(directory, 0, overrides)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> paths = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
