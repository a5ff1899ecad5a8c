package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.record.TableRequest;
import io.kameleon.schemas.wire.RecordCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others ask of this source's reader, taken from the requests topic in a thread of its own, from now on: who asked earlier
 * asks again. {@link #poll} is for the reader's thread.
 */
final class TableRequests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableRequests.class);
    private static final Duration POLL_WAIT = Duration.ofSeconds(1);
    private static final Duration WAIT_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int WAITING_MAX = 1000;

    private final ReaderSettings settings;
    private final TopicPartition partition;
    private final RecordCodec<TableRequest> codec;
    private final Queue<TableRequest> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile KafkaConsumer<byte[], byte[]> consuming;

    private TableRequests(ReaderSettings settings) {
        this.settings = settings;
        String topic = settings.topics().requests(settings.source());
        partition = new TopicPartition(topic, 0);
        codec = new RecordCodec<>(settings.schemaIds(), topic, TableRequest.class);
        thread = new Thread(this::run, "requests-" + settings.source());
        thread.setDaemon(true);
    }

    static TableRequests start(ReaderSettings settings) {
        var requests = new TableRequests(settings);
        requests.thread.start();
        return requests;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next one; null when there is none. */
    TableRequest poll() {
        return waiting.poll();
    }

    private void run() {
        while (!closing) {
            try {
                consume();
            } catch (InterruptException | WakeupException e) {
                return;
            } catch (KafkaException | ReplicationException e) {
                LOG.warn("Requests cannot be taken source={} cause=\"{}\"", settings.source(), e.getMessage());
                pause();
            }
        }
    }

    private void consume() {
        var properties = new HashMap<>(settings.kafka());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consuming = consumer;
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL_WAIT)) {
                    take(message);
                }
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() != null && waiting.size() < WAITING_MAX) {
            waiting.add(codec.decode(message.value()));
        }
    }

    private void pause() {
        try {
            Thread.sleep(WAIT_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        KafkaConsumer<byte[], byte[]> consumer = consuming;
        if (consumer == null) {
            thread.interrupt();
        } else {
            consumer.wakeup();
        }
    }
}
