package io.kameleon.benchmarks.peer;

import io.kameleon.benchmarks.server.Servers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The properties of a Kafka Connect worker: Avro, and clients tuned for throughput. */
final class WorkerSettings {
    private WorkerSettings() {}

    /** What was chosen for speed, for the report too. */
    static Map<String, String> tuning() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("producer.compression.type", "lz4");
        settings.put("producer.linger.ms", "5");
        settings.put("producer.batch.size", "1048576");
        settings.put("producer.buffer.memory", "134217728");
        settings.put("consumer.max.poll.records", "6000");
        settings.put("consumer.max.partition.fetch.bytes", "8388608");
        settings.put("consumer.receive.buffer.bytes", "1048576");
        // Each topic has one partition: the default would give all of them to the first task.
        settings.put("consumer.partition.assignment.strategy", "org.apache.kafka.clients.consumer.RoundRobinAssignor");
        return settings;
    }

    static Map<String, String> of(Servers servers, PeerInstallation installation, Path directory, String address) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("bootstrap.servers", servers.bootstrapServers());
        settings.put("listeners", address);
        settings.put(
                "offset.storage.file.filename",
                directory.resolve("connect.offsets").toString());
        settings.put("plugin.path", installation.plugins().toString());
        settings.put("plugin.discovery", "service_load");
        settings.put("connector.client.config.override.policy", "All");
        for (String side : new String[] {"key", "value"}) {
            settings.put(side + ".converter", PeerInstallation.CONVERTER);
            settings.put(side + ".converter.schema.registry.url", servers.registryUrl());
        }
        settings.putAll(tuning());
        return settings;
    }
}
