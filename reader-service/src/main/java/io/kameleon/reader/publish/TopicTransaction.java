package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka transactions of one reader: rows and read position go out together or not at all.
 *
 * <p>Opening one fences every earlier reader of the source (invariant 4). One thread only, except {@link #close}.
 */
final class TopicTransaction implements AutoCloseable {
    /** Longer than any transaction that the reader keeps open: it commits by size and time. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(10);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String source;
    private boolean open;
    private volatile Exception sendFailure;
    /** One for all records; it runs on the producer's thread. */
    private final Callback sent = (metadata, failure) -> {
        if (failure != null) {
            sendFailure = failure;
        }
    };

    private TopicTransaction(KafkaProducer<byte[], byte[]> producer, String source) {
        this.producer = producer;
        this.source = source;
    }

    /** @param clientProperties the operator's; they come first, so that what exactness needs wins */
    static TopicTransaction open(String source, String transactionalId, Map<String, Object> clientProperties) {
        var properties = new HashMap<>(clientProperties);
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10));
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(32L << 20));
        properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(64 << 20));
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
        // The first retry comes soon: most concern a transaction before this one whose marks are about to be written.
        properties.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "5");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        var transaction = new TopicTransaction(producer, source);
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw transaction.failed(e);
        }
        return transaction;
    }

    /** Sends within the open transaction, or opens one. Waits while the producer's buffer is full. */
    void send(ProducerRecord<byte[], byte[]> message) {
        try {
            if (!open) {
                producer.beginTransaction();
                open = true;
            }
            var unused = producer.send(message, sent);
        } catch (KafkaException e) {
            throw failed(e);
        }
        if (sendFailure != null) {
            throw failed(sendFailure);
        }
    }

    /** Makes everything sent since the last commit visible to read-committed consumers; returns when it is durable. */
    void commit() {
        if (!open) {
            return;
        }
        try {
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw failed(sendFailure != null ? sendFailure : e);
        }
        open = false;
    }

    private ReplicationException failed(Exception cause) {
        Map<String, String> where = Map.of("source", source);
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return new ReplicationException(
                    ErrorCode.WRITER_FENCED,
                    "Another reader has taken over this source",
                    where,
                    "Nothing is lost: this one stops. Run one reader per source.",
                    cause);
        }
        if (cause instanceof RecordTooLargeException) {
            return new ReplicationException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "A row image is larger than Kafka takes",
                    where,
                    "Raise max.message.bytes of the topic and max.request.size under kafka.properties.",
                    cause);
        }
        if (cause instanceof AuthorizationException) {
            return new ReplicationException(
                    ErrorCode.BROKER_SETTING,
                    "Kafka refuses to write",
                    where,
                    "Give the client the right to write the source's topics and its transactional id.",
                    cause);
        }
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "Kafka did not take the rows: " + cause.getMessage(),
                where,
                "They are read and sent again by themselves; check the brokers if this goes on.",
                cause);
    }

    /** Aborts what is open. */
    @Override
    public void close() {
        producer.close(CLOSE_WAIT_MAX);
    }
}
