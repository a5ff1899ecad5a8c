package io.kameleon.schemas.registry;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.HangingTransactions;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The schema topic: keeps a ledger up to date with it and appends to it, one writer at a time over all processes.
 *
 * <p>Thread-safe; calls take turns. Errors are {@link IOException} when Kafka does not answer in time (retry).
 *
 * <p>For the maintainer: writers of one topic share a transactional id, which works as a lock. A writer that starts its
 * producer fences every other, then reads to the end, decides, and commits. As long as nobody fenced it in turn, nobody else
 * has written since, so its next append needs no reading. Two processes can therefore never write one key twice, which
 * compaction would resolve the wrong way: it keeps the last record of a key, and rows may be out with the id of the first.
 */
final class SchemaTopic implements Closeable {
    /** A record to append: a schema or a deletion. */
    record Addition(byte[] key, byte[] value) {}

    private static final Duration POLL = Duration.ofMillis(100);

    private final RegistrySettings.Topic settings;
    private final SchemaLedger ledger;
    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private KafkaProducer<byte[], byte[]> producer;
    private boolean closed;

    /** The topic exists. */
    SchemaTopic(RegistrySettings.Topic settings, SchemaLedger ledger) {
        this.settings = settings;
        this.ledger = ledger;
        this.partition = new TopicPartition(settings.name(), 0);
        this.consumer =
                new KafkaConsumer<>(consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** Brings the ledger to what was committed before the call. */
    synchronized void catchUp() throws IOException {
        requireOpen();
        try {
            readUpTo(consumer.endOffsets(List.of(partition), settings.timeout()).get(partition));
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    /**
     * Appends what {@code decision} says after it has seen the whole topic, in one Kafka transaction, and returns once the ledger
     * holds it.
     *
     * @param decision looks into the ledger; empty when nothing is to be added, so after the addition too. Asked more than once.
     * @throws RecordTooLargeException for good
     */
    synchronized void append(Supplier<List<Addition>> decision) throws IOException {
        requireOpen();
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        KafkaException failure = null;
        do {
            try {
                if (decidesNothing(decision)) {
                    return;
                }
            } catch (KafkaException e) {
                failure = e;
                closeProducer();
                requirePassing(e);
            }
        } while (System.nanoTime() < deadline);
        throw unanswered(failure);
    }

    private void requirePassing(KafkaException e) throws IOException {
        if (hasCause(e, RecordTooLargeException.class)) {
            throw new RecordTooLargeException("the record does not fit the topic " + settings.name(), e);
        }
        if (!passesWithNewProducer(e)) {
            throw new IOException("Kafka refused to write to the schema topic " + settings.name(), e);
        }
    }

    /** Whether nothing is to be added, or added any more: only what stands in the ledger counts, not what was sent. */
    private boolean decidesNothing(Supplier<List<Addition>> decision) throws IOException {
        if (producer == null) {
            producer = new KafkaProducer<>(producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
            producer.initTransactions();
            abortHanging();
            catchUp();
        }
        List<Addition> additions = decision.get();
        if (!additions.isEmpty()) {
            readUpTo(commit(additions) + 1);
        }
        return additions.isEmpty() || decision.get().isEmpty();
    }

    /** What hangs was never seen: an id is given out when the ledger has read it. Left alone, it would come in behind others' ids. */
    private void abortHanging() {
        try (var hanging = HangingTransactions.of(settings.clientProperties(), List.of(transactionalId()))) {
            hanging.abortAll(partition);
        }
    }

    private String transactionalId() {
        return settings.name() + "-writer";
    }

    /** @return the last record's offset */
    private long commit(List<Addition> additions) {
        producer.beginTransaction();
        Future<RecordMetadata> sent = null;
        for (Addition addition : additions) {
            sent = producer.send(new ProducerRecord<>(settings.name(), 0, addition.key(), addition.value()));
        }
        producer.commitTransaction();
        try {
            return sent.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Fenced by another process, or of unknown outcome: a new producer settles both, because it reads to the end before it decides
     * again. That includes errors that the client has no class for: the coordinator of Kafka 4.3 answers a commit that meets a
     * fencing with "unexpected error". Only what no new producer mends is passed on.
     */
    private static boolean passesWithNewProducer(KafkaException e) {
        return !hasCause(
                e,
                AuthorizationException.class,
                AuthenticationException.class,
                ConfigException.class,
                UnsupportedVersionException.class,
                SerializationException.class);
    }

    private static boolean hasCause(Throwable e, Class<?>... types) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            for (Class<?> type : types) {
                if (type.isInstance(t)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void readUpTo(long end) throws IOException {
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        while (consumer.position(partition, settings.timeout()) < end) {
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
                apply(entry);
            }
            if (System.nanoTime() >= deadline) {
                throw unanswered(null);
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> entry) {
        try {
            ledger.apply(SchemaTopicFormat.read(
                    entry.key(), entry.value(), Map.of("topic", settings.name(), "offset", entry.offset())));
        } catch (ReplicationException e) {
            // What follows must not be read past it: the next call fails at the same record.
            consumer.seek(partition, entry.offset());
            throw e;
        }
    }

    private Map<String, Object> consumerProperties() {
        var properties = new HashMap<String, Object>(settings.clientProperties());
        properties.remove("group.id");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", "false");
        // An aborted append never happened; read_committed makes the end of the topic mean the last decided one.
        properties.put("isolation.level", "read_committed");
        return properties;
    }

    private Map<String, Object> producerProperties() {
        int timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
        var properties = new HashMap<String, Object>(settings.clientProperties());
        properties.put("transactional.id", transactionalId());
        // A writer that dies holds readers up for this long at most, or until the next writer comes.
        properties.put("transaction.timeout.ms", 10_000);
        properties.put("enable.idempotence", "true");
        properties.put("acks", "all");
        properties.put("compression.type", "gzip");
        properties.put("linger.ms", 0);
        properties.put("max.request.size", SchemaTopicCreation.MESSAGE_BYTES_MAX);
        properties.put("max.block.ms", timeoutMillis);
        properties.put("request.timeout.ms", Math.min(timeoutMillis, 30_000));
        properties.put("delivery.timeout.ms", Math.max(timeoutMillis, 1_000));
        return properties;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the schema topic " + settings.name() + " has been closed");
        }
    }

    private void closeProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            closeProducer();
            consumer.close();
        }
    }

    private IOException unanswered(KafkaException cause) {
        return new IOException(
                "Kafka did not answer for the schema topic " + settings.name() + " within "
                        + settings.timeout().toSeconds() + " s",
                cause);
    }

    static ReplicationException unreachable(RegistrySettings.Topic settings, Exception cause) {
        return new ReplicationException(
                ErrorCode.REGISTRY_UNREACHABLE,
                "The schema topic cannot be read",
                Map.of("topic", settings.name()),
                "Check that Kafka runs and that kafka.bootstrap_servers names it.",
                cause);
    }
}
