package io.kameleon.reader.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.kameleon.broker.BrokerSettings;
import io.kameleon.broker.EmbeddedBroker;
import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceTls;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.registry.RegistrySettings;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.registry.SchemaRegistries;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.wire.TopicLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a reader does with transactions of an earlier one that Kafka left without marks. They are made here by a coordinator that has
 * lost its memory: its topic's files are deleted while the broker is down.
 */
class TakeoverIT {
    private static final TopicLayout TOPICS = new TopicLayout("kameleon");

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static SchemaRegistryClient registryClient;
    private static SchemaIds schemaIds;

    @BeforeAll
    static void leaveTransactionsOpen() throws IOException {
        start();
        var open = new ArrayList<KafkaProducer<byte[], byte[]>>();
        for (String source : List.of("both", "answer", "idle", "seen", "lost", "later", "anew")) {
            ReaderSettings settings = settings(source);
            SourceTopics.ensure(settings.kafka(), TOPICS, source, settings.retention(), settings.topicReplicas());
            commit(source, row(source, 100), position(source, 100));
        }
        open.add(begin("both", row("both", 200), position("both", 200)));
        open.add(begin("answer", row("answer", 100), position("answer", 100)));
        open.add(begin("idle", position("idle", 200)));
        for (String source : List.of("seen", "anew")) {
            commit(source, row(source, 200));
            open.add(begin(source, position(source, 200)));
        }
        open.add(begin("lost", row("lost", 200)));
        commit("lost/2", position("lost", 200));
        open.add(begin("later", row("later", 200), position("later", 200)));
        commit("later/2", row("later", 300), position("later", 300));
        registryClient.close();
        broker.close();
        open.forEach(producer -> producer.close(Duration.ZERO));
        try (Stream<Path> logs = Files.list(directory.resolve("log"))) {
            for (Path log : logs.filter(path -> path.getFileName().toString().startsWith("__transaction_state-"))
                    .toList()) {
                delete(log);
            }
        }
        start();
    }

    private static void start() {
        broker = EmbeddedBroker.start(BrokerSettings.in(directory));
        var registry = RegistrySettings.Topic.at(Map.of("bootstrap.servers", broker.bootstrapServers()));
        registryClient = SchemaRegistries.open(registry);
        schemaIds = SchemaIds.over(registryClient);
    }

    @AfterAll
    static void stop() throws IOException {
        registryClient.close();
        broker.close();
    }

    /** Rows that hang come in once, by being read again. */
    @Test
    void whatNobodyCouldSeeIsTakenBack() {
        ReaderSettings settings = settings("both");
        try (TopicTransaction transaction = Takeover.goOn(settings)) {
            assertThat(readPosition(settings)).isEqualTo(100);
            transaction.send(row("both", 200));
            transaction.send(position("both", 200));
            transaction.commit();
        }
        try (TopicTransaction next = Takeover.goOn(settings)) {
            next.send(row("both", 300));
            next.commit(); // of the producer that would bring in what hangs
        }
        assertThat(ends(settings)).containsExactly("b.1:100", "b.1:200", "b.1:300");
        assertThat(readPosition(settings)).isEqualTo(200);
    }

    /** What a reader answers between transactions ends where its position already is. */
    @Test
    void recordThatDoesNotMoveThePositionIsTakenBack() {
        ReaderSettings settings = settings("answer");
        Takeover.goOn(settings).close();
        assertThat(ends(settings)).containsExactly("b.1:100");
        assertThat(readPosition(settings)).isEqualTo(100);
    }

    @Test
    void positionWithoutRowsIsTakenBack() {
        ReaderSettings settings = settings("idle");
        Takeover.goOn(settings).close();
        assertThat(readPosition(settings)).isEqualTo(100);
        assertThat(settings.stateTopic().positionsFrom(0)).isEqualTo(2);
    }

    @Test
    void halfOfTransactionStopsTheSource() {
        for (String source : List.of("seen", "lost", "later")) {
            assertThatThrownBy(() -> Takeover.goOn(settings(source)))
                    .as(source)
                    .hasMessageStartingWith("TRANSACTION_HANGING")
                    .hasMessageContaining("init_replica");
        }
    }

    @Test
    void newBeginningTakesBackEverythingThatHangs() {
        ReaderSettings settings = settings("anew");
        Takeover.beginAnew(settings).close();
        assertThat(ends(settings)).containsExactly("b.1:100", "b.1:200");
        assertThat(readPosition(settings)).isEqualTo(100);
    }

    private static ReaderSettings settings(String source) {
        return new ReaderSettings(
                source,
                new SourceAddress(
                        source,
                        "127.0.0.1",
                        1,
                        "nobody",
                        () -> new char[0],
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        SourceTls.DISABLED),
                1,
                Set.of(),
                table -> true,
                false,
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                TOPICS,
                (short) 1,
                Duration.ofDays(1),
                schemaIds,
                new ReadLimits(1_000, Duration.ofMillis(100)),
                Duration.ofSeconds(1),
                true,
                ZeroDateForm.NULL,
                Clock.systemUTC());
    }

    @SafeVarargs
    private static void commit(String writer, ProducerRecord<byte[], byte[]>... messages) {
        try (KafkaProducer<byte[], byte[]> producer = begin(writer, messages)) {
            producer.commitTransaction();
        }
    }

    /** A transaction that stays open. */
    @SafeVarargs
    private static KafkaProducer<byte[], byte[]> begin(String writer, ProducerRecord<byte[], byte[]>... messages) {
        var properties = new HashMap<String, Object>();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("transactional.id", "earlier-reader-" + writer);
        var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> message : messages) {
            var unused = producer.send(message);
        }
        producer.flush();
        return producer;
    }

    private static ProducerRecord<byte[], byte[]> row(String source, long end) {
        var message = new ProducerRecord<byte[], byte[]>(TOPICS.rows(source), 0, null, new byte[] {1});
        message.headers().add(TopicLayout.COMMIT_HEADER, ("b.1:" + end).getBytes(UTF_8));
        return message;
    }

    private static ProducerRecord<byte[], byte[]> position(String source, long position) {
        var at = new SourcePosition("3e11fa47-71ca-11e1-9e33-c80aa9429562", new BinlogCoordinates("b.1", position), "");
        return settings(source)
                .stateTopic()
                .position(new ReadState(at, Optional.empty(), false, "9.7.0", 1, 0, 0, 0, 0, 0, Map.of()));
    }

    private static long readPosition(ReaderSettings settings) {
        return settings.stateTopic()
                .load()
                .orElseThrow()
                .position()
                .coordinates()
                .position();
    }

    private static List<String> ends(ReaderSettings settings) {
        var ends = new ArrayList<String>();
        PartitionReader.read(
                settings.kafka(),
                new TopicPartition(TOPICS.rows(settings.source()), 0),
                IsolationLevel.READ_COMMITTED,
                Duration.ofSeconds(20),
                (begin, end) -> begin,
                message -> ends.add(new String(
                        message.headers().lastHeader(TopicLayout.COMMIT_HEADER).value(), UTF_8)));
        return ends;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
