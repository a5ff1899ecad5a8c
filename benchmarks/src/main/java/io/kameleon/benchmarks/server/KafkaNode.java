package io.kameleon.benchmarks.server;

import io.kameleon.broker.BrokerSettings;
import io.kameleon.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The main class of the Kafka node's own process: {@code KafkaNode DIRECTORY}. Writes its address to {@code DIRECTORY/address}. */
public final class KafkaNode {
    static final String ADDRESS_FILE = "address";

    private KafkaNode() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(directory.resolve("data"), 0, Map.of()));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "kafka-shutdown"));
        Path written = Files.writeString(directory.resolve(ADDRESS_FILE + ".new"), broker.bootstrapServers());
        Files.move(written, directory.resolve(ADDRESS_FILE));
        new CountDownLatch(1).await();
    }
}
