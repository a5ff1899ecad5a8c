package io.kameleon.admin.runtime;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.BrokerAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka where a topic ends. */
public final class TopicEnd {
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);

    private TopicEnd() {}

    /** The offset behind the last committed record, marks of transactions included. */
    public static long committed(Map<String, Object> kafka, String topic) {
        return end(kafka, topic, IsolationLevel.READ_COMMITTED);
    }

    /**
     * The offset behind the last record, committed or not.
     *
     * <p>A transaction's marks reach one topic before the other: a read position may be visible while its rows are not yet. They
     * are written by then, so who waits for the rows of a position waits for this offset.
     */
    static long written(Map<String, Object> kafka, String topic) {
        return end(kafka, topic, IsolationLevel.READ_UNCOMMITTED);
    }

    private static long end(Map<String, Object> kafka, String topic, IsolationLevel isolation) {
        var partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            var asked = admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation));
            return BrokerAnswer.await(asked.partitionResult(partition), WAIT_MAX)
                    .offset();
        } catch (KafkaException e) {
            throw unreachable(topic, e);
        }
    }

    private static ReplicationException unreachable(String topic, Exception cause) {
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "Kafka does not tell where the topic ends",
                Map.of("topic", topic),
                "Check the brokers.",
                cause);
    }
}
