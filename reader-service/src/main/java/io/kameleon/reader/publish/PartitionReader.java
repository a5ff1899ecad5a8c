package io.kameleon.reader.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongBinaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a partition once, up to where it ends now. One thread only. */
final class PartitionReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private PartitionReader() {}

    /** The offset to begin at, of where the partition begins and ends. */
    interface From extends LongBinaryOperator {}

    /**
     * @param silenceMax how long nothing may come
     * @return false when there is no such topic
     * @throws KafkaException Kafka's own, and when nothing comes for too long
     */
    static boolean read(
            Map<String, Object> kafka,
            TopicPartition partition,
            IsolationLevel isolation,
            Duration silenceMax,
            From from,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        var properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            if (consumer.partitionsFor(partition.topic(), silenceMax).isEmpty()) {
                return false;
            }
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), silenceMax).get(partition);
            long begin =
                    consumer.beginningOffsets(List.of(partition), silenceMax).get(partition);
            consumer.seek(partition, from.applyAsLong(begin, end));
            read(consumer, partition, end, silenceMax, each);
            return true;
        }
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long end,
            Duration silenceMax,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        long deadline = System.nanoTime() + silenceMax.toNanos();
        while (consumer.position(partition, silenceMax) < end) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                each.accept(message);
                deadline = System.nanoTime() + silenceMax.toNanos();
            }
            if (System.nanoTime() > deadline) {
                throw new KafkaException("nothing came for " + silenceMax.toSeconds() + " s at offset "
                        + consumer.position(partition) + " of " + end);
            }
        }
    }
}
