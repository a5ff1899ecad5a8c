package io.kameleon.reader.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.sandbox.SandboxKafka;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Order and fencing of the two producers that take turns, over a real broker. */
class TopicTransactionIT {
    private static final Duration READ_MAX = Duration.ofSeconds(20);

    private static SandboxKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = SandboxKafka.start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(Stream.of("ordered", "fenced-0", "fenced-1")
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void transactionsKeepTheirOrderAndWhatIsNotCommittedDoesNotShow() {
        String topic = "ordered";
        List<String> committed =
                IntStream.range(0, 40).mapToObj(Integer::toString).toList();
        try (TopicTransaction transaction = open(topic)) {
            committed.forEach(value -> commit(transaction, topic, value));
            transaction.send(message(topic, "open"));
        }
        try (TopicTransaction next = open(topic)) {
            commit(next, topic, "next");
        }
        assertThat(read(topic, "next"))
                .startsWith(committed.toArray(new String[0]))
                .hasSize(committed.size() + 1);
    }

    /** Invariant 4, whichever producer has its turn. */
    @Test
    void laterReaderFencesAnEarlierOneAtEachTurn() {
        for (int commits = 0; commits < 2; commits++) {
            String topic = "fenced-" + commits;
            try (TopicTransaction stale = open(topic)) {
                IntStream.range(0, commits).forEach(i -> commit(stale, topic, "stale"));
                stale.send(message(topic, "lost"));
                try (TopicTransaction current = open(topic)) {
                    assertThatThrownBy(stale::commit).hasMessageStartingWith("WRITER_FENCED");
                    commit(current, topic, "first");
                    commit(current, topic, "second");
                }
            }
            assertThat(read(topic, "second")).doesNotContain("lost").endsWith("first", "second");
        }
    }

    private static TopicTransaction open(String source) {
        return TopicTransaction.open(
                source,
                new TopicLayout("kameleon").readerTransactionalIds(source),
                Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private static void commit(TopicTransaction transaction, String topic, String value) {
        transaction.send(message(topic, value));
        transaction.commit();
    }

    private static ProducerRecord<byte[], byte[]> message(String topic, String value) {
        return new ProducerRecord<>(topic, 0, null, value.getBytes(UTF_8));
    }

    /** Committed values up to the last one that is waited for. */
    private static List<String> read(String topic, String last) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long untilNanos = System.nanoTime() + READ_MAX.toNanos();
            while (!values.contains(last) && System.nanoTime() < untilNanos) {
                consumer.poll(Duration.ofMillis(100)).forEach(row -> values.add(new String(row.value(), UTF_8)));
            }
        }
        return values;
    }
}
