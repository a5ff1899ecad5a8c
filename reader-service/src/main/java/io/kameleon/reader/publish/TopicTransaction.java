package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
 * <p>Two producers take turns, a transaction each, and only one of them has a transaction open. A commit returns while Kafka still
 * writes its marks, and until they are there the same producer's next transaction is put off by the broker for 20 ms, by its default
 * {@code add.partitions.to.txn.retry.backoff.ms}; the other producer's is not. The order stays: a transaction begins when the one before
 * it is durable.
 *
 * <p>Opening one fences every earlier reader of the source (invariant 4): it takes over the transactional ids of both producers. One
 * thread only, except {@link #close}.
 */
final class TopicTransaction implements AutoCloseable {
    /** Longer than any transaction that the reader keeps open: it commits by size and time. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(10);

    private final List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final String source;
    /** Index of the producer that has the open transaction, or the next one. */
    private int turn;

    private boolean open;
    private volatile Exception sendFailure;
    /** One for all records; it runs on the producer's thread. */
    private final Callback sent = (metadata, failure) -> {
        if (failure != null) {
            sendFailure = failure;
        }
    };

    private TopicTransaction(String source) {
        this.source = source;
    }

    /**
     * @param transactionalIds of the source, one for each producer
     * @param clientProperties the operator's; they come first, so that what exactness needs wins
     */
    static TopicTransaction open(String source, List<String> transactionalIds, Map<String, Object> clientProperties) {
        var transaction = new TopicTransaction(source);
        try {
            for (String id : transactionalIds) {
                transaction.add(new KafkaProducer<>(
                        properties(id, clientProperties), new ByteArraySerializer(), new ByteArraySerializer()));
            }
            return transaction;
        } catch (KafkaException e) {
            transaction.close(Duration.ZERO);
            throw transaction.failed(e);
        }
    }

    private void add(KafkaProducer<byte[], byte[]> producer) {
        producers.add(producer);
        producer.initTransactions();
    }

    private static Map<String, Object> properties(String transactionalId, Map<String, Object> clientProperties) {
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
        return properties;
    }

    /** Sends within the open transaction, or opens one. Waits while the producer's buffer is full. */
    void send(ProducerRecord<byte[], byte[]> message) {
        try {
            if (!open) {
                producers.get(turn).beginTransaction();
                open = true;
            }
            var unused = producers.get(turn).send(message, sent);
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
            producers.get(turn).commitTransaction();
        } catch (KafkaException e) {
            throw failed(sendFailure != null ? sendFailure : e);
        }
        open = false;
        turn = (turn + 1) % producers.size();
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
        close(CLOSE_WAIT_MAX);
    }

    private void close(Duration waitMax) {
        producers.forEach(producer -> producer.close(waitMax));
    }
}
