package io.kameleon.admin.service;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What any consumer of the cluster does: Confluent's deserializer, the registry's address, and nothing of ours. */
final class StandardConsumer {
    private static final Duration POLL = Duration.ofSeconds(1);

    private StandardConsumer() {}

    static Set<String> topics(String bootstrapServers) {
        Map<String, Object> properties = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.listTopics().keySet();
        }
    }

    static Collection<String> subjects(String registryUrl) throws Exception {
        try (var registry = new CachedSchemaRegistryClient(registryUrl, 10)) {
            return registry.getAllSubjects();
        }
    }

    /** Every committed record of the topic, from its beginning. */
    static List<ConsumerRecord<GenericRecord, GenericRecord>> readAll(
            String bootstrapServers, String registryUrl, String topic) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                KafkaAvroDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                KafkaAvroDeserializer.class,
                "schema.registry.url",
                registryUrl);
        var read = new ArrayList<ConsumerRecord<GenericRecord, GenericRecord>>();
        try (var consumer = new KafkaConsumer<GenericRecord, GenericRecord>(properties)) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(read::add);
            }
        }
        return read;
    }
}
