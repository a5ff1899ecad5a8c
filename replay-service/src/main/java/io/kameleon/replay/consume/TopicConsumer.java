package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.BrokerAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The source's topic, read committed, from the offset that PostgreSQL knows. One thread only.
 *
 * <p>The group's offsets are committed for lag tools and never read back.
 */
final class TopicConsumer implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final int RECORDS_MAX = 5000;
    private static final long OFFSET_COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final String source;
    private long offsetCommittedNanos = System.nanoTime();
    private long reportedOffset = -1;

    private TopicConsumer(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, String source) {
        this.consumer = consumer;
        this.partition = partition;
        this.source = source;
    }

    /**
     * @throws ReplicationException TOPIC_TRUNCATED when the offset is no longer, or not yet, in the topic, or the topic is another
     *     one of the same name; BROKER_UNREACHABLE
     */
    static TopicConsumer open(ReplaySettings settings, ReplayPosition position) {
        long nextOffset = position.nextOffset();
        var properties = new HashMap<>(settings.kafka());
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_MAX);
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        properties.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topics().replayGroup(settings.source()));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        var partition = new TopicPartition(settings.topic(), 0);
        var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var opened = new TopicConsumer(consumer, partition, settings.source());
        try {
            opened.requireSameTopic(settings, position.topicId());
            consumer.assign(List.of(partition));
            opened.requireInTopic(nextOffset);
            consumer.seek(partition, nextOffset);
            return opened;
        } catch (KafkaException e) {
            consumer.close();
            throw opened.unreachable(e);
        } catch (ReplicationException e) {
            consumer.close();
            throw e;
        }
    }

    /** A topic that was deleted and made again has other rows under the same offsets. */
    private void requireSameTopic(ReplaySettings settings, String topicId) {
        try (Admin admin = Admin.create(new HashMap<>(settings.kafka()))) {
            String name = partition.topic();
            var described = admin.describeTopics(List.of(name)).allTopicNames();
            String found =
                    BrokerAnswer.await(described, WAIT_MAX).get(name).topicId().toString();
            if (!found.equals(topicId)) {
                throw truncated("the topic was deleted and made again", null);
            }
        } catch (UnknownTopicOrPartitionException e) {
            throw truncated("the topic was deleted", e);
        }
    }

    private void requireInTopic(long nextOffset) {
        long begin = consumer.beginningOffsets(List.of(partition), WAIT_MAX).get(partition);
        long end = consumer.endOffsets(List.of(partition), WAIT_MAX).get(partition);
        if (nextOffset < begin || nextOffset > end) {
            throw truncated("offset " + nextOffset + " of " + begin + ".." + end, null);
        }
    }

    ConsumerRecords<byte[], byte[]> poll(Duration wait) {
        try {
            return consumer.poll(wait);
        } catch (OffsetOutOfRangeException e) {
            throw truncated("offset " + e.offsetOutOfRangePartitions(), e);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /** The offset of the next record that {@link #poll} gives, markers of Kafka transactions passed over. */
    long position() {
        try {
            return consumer.position(partition, WAIT_MAX);
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /** Goes behind the last record that is committed now. */
    void seekToEnd() {
        try {
            consumer.seek(
                    partition, consumer.endOffsets(List.of(partition), WAIT_MAX).get(partition));
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    void seek(long offset) {
        consumer.seek(partition, offset);
    }

    /** Tells lag tools what is new, at most once a second and without waiting. */
    void reportOffset(long nextOffset) {
        if (nextOffset == reportedOffset) {
            return;
        }
        long now = System.nanoTime();
        if (now - offsetCommittedNanos >= OFFSET_COMMIT_NANOS) {
            offsetCommittedNanos = now;
            reportedOffset = nextOffset;
            consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(nextOffset)), null);
        }
    }

    private ReplicationException truncated(String what, Exception cause) {
        return new ReplicationException(
                ErrorCode.TOPIC_TRUNCATED,
                "The topic no longer holds the rows from which replay has to go on: " + what,
                Map.of("source", source, "topic", partition.topic()),
                "Run 'kameleon init_replica --source " + source + "' for a new copy, and raise batch_retention.",
                cause);
    }

    private ReplicationException unreachable(KafkaException cause) {
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "The topic cannot be read: " + cause.getMessage(),
                Map.of("source", source, "topic", partition.topic()),
                "It is tried again by itself; check the brokers if this goes on.",
                cause);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
