package io.kameleon.schemas.progress;

import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.wire.BrokerAnswer;
import io.kameleon.schemas.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what meters have counted to the progress topic once a second, from a thread and a producer of its own, outside the
 * transactions of the rows: what becomes of it never holds the rows up. While Kafka cannot be reached the counts of that time are
 * lost to the topic, not to the meters.
 *
 * <p>Thread-safe.
 */
public final class ProgressPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressPublisher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final int CALL_MILLIS_MAX = 5_000;

    private final String topic;
    private final Map<String, Object> kafka;
    private final TopicSize size;
    private final RecordCodec<ProgressRecord> codec;
    private final List<ProgressMeter> meters = new CopyOnWriteArrayList<>();
    private final List<ProgressMeter> leaving = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private KafkaProducer<byte[], byte[]> producer;
    private boolean warned;

    /**
     * Of a topic that is made where it is missing.
     *
     * @param partitions sources are spread over them, and over the instances of the monitor
     * @param replicas   -1 for the broker's default
     */
    public record TopicSize(int partitions, short replicas) {}

    private ProgressPublisher(String topic, Map<String, Object> kafka, SchemaIds schemaIds, TopicSize size) {
        this.topic = topic;
        this.kafka = Map.copyOf(kafka);
        this.size = size;
        this.codec = new RecordCodec<>(schemaIds, topic, ProgressRecord.class);
        this.thread = new Thread(this::run, "progress");
        thread.setDaemon(true);
    }

    /** Connects later, in its thread. @param kafka properties of every client */
    public static ProgressPublisher start(
            String topic, Map<String, Object> kafka, SchemaIds schemaIds, TopicSize size) {
        var publisher = new ProgressPublisher(topic, kafka, schemaIds, size);
        publisher.thread.start();
        return publisher;
    }

    public void add(ProgressMeter meter) {
        meters.add(meter);
    }

    /** Sends what the meter has counted until now, and no more. */
    public void remove(ProgressMeter meter) {
        leaving.add(meter);
    }

    private void run() {
        try {
            Duration wait = INTERVAL;
            while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = sendAll() ? INTERVAL : RETRY;
            }
            sendAll(); // the last counts, and that it stopped
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (producer != null) {
                producer.close(Duration.ofMillis(CALL_MILLIS_MAX));
            }
        }
    }

    private boolean sendAll() {
        try {
            if (producer == null) {
                ensureTopic(kafka, topic, size);
                producer = openProducer();
            }
            List<ProgressMeter> gone = List.copyOf(leaving);
            for (ProgressMeter meter : meters) {
                for (ProgressRecord progress : meter.take()) {
                    byte[] key = meter.source().getBytes(StandardCharsets.UTF_8);
                    var unused = producer.send(new ProducerRecord<>(topic, key, codec.encode(progress)));
                }
            }
            meters.removeAll(gone);
            leaving.removeAll(gone);
            warned = false;
            return true;
        } catch (KafkaException | ReplicationException e) {
            if (!warned) {
                LOG.warn("Progress is not sent topic={} cause=\"{}\"", topic, e.getMessage());
            }
            warned = true;
            return false;
        }
    }

    private KafkaProducer<byte[], byte[]> openProducer() {
        var properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CALL_MILLIS_MAX);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L << 20);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Makes the topic where it is missing. */
    public static void ensureTopic(Map<String, Object> kafka, String topic, TopicSize size) {
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            var wanted = new NewTopic(topic, size.partitions(), size.replicas())
                    .configs(Map.of(
                            TopicConfig.RETENTION_MS_CONFIG,
                            Long.toString(RETENTION.toMillis()),
                            TopicConfig.SEGMENT_BYTES_CONFIG,
                            Integer.toString(16 << 20)));
            BrokerAnswer.await(admin.createTopics(List.of(wanted)).all(), Duration.ofMillis(CALL_MILLIS_MAX));
        } catch (TopicExistsException e) {
            // It is there: that was wanted.
        }
    }

    /** Sends once more, for a bounded time. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(2L * CALL_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
