package io.kameleon.broker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.broker.BrokerStartException.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
    private static final int ROWS_PER_TRANSACTION = 3;

    @TempDir
    private Path temporary;

    @Test
    void keepsItsDataAndItsPortOverARestart() throws Exception {
        Path directory = temporary.resolve("broker");
        String bootstrapServers;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory))) {
            bootstrapServers = broker.bootstrapServers();
            var topic = new TopicClient(bootstrapServers, "rows");
            topic.create();
            writeTransaction(topic, "first");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory))) {
            assertThat(broker.bootstrapServers()).isEqualTo(bootstrapServers);
            assertThat(new TopicClient(bootstrapServers, "rows").readCommitted())
                    .containsExactly("first");
        }
    }

    @Test
    void takesAnotherPortWhenTheRememberedOneIsTaken() throws Exception {
        EmbeddedBroker first = EmbeddedBroker.start(BrokerSettings.in(temporary));
        String before = first.bootstrapServers();
        first.close();
        try (var taken = new ServerSocket(portOf(before), 1, InetAddress.getLoopbackAddress());
                EmbeddedBroker second = EmbeddedBroker.start(BrokerSettings.in(temporary))) {
            assertThat(taken.isBound()).isTrue();
            assertThat(second.bootstrapServers()).isNotEqualTo(before);
        }
    }

    @Test
    void refusesATakenPortThatWasAskedForAndFreesTheDirectory() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            var settings = new BrokerSettings(temporary, port, Map.of());
            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOfSatisfying(BrokerStartException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.PORT_IN_USE))
                    .hasMessage("The embedded broker in %s did not start: port %d of 127.0.0.1 is taken. "
                                    .formatted(temporary.toRealPath(), port)
                            + "Free the port, or choose another one (0 takes any).");
            assertThat(EmbeddedBroker.runningAt(temporary)).isEmpty();
            EmbeddedBroker.start(BrokerSettings.in(temporary)).close();
        }
    }

    @Test
    void aSecondBrokerOnOneDirectoryIsRefusedWithinTheProcess() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(temporary))) {
            assertRefusedAsInUse(temporary);
            assertThat(EmbeddedBroker.runningAt(temporary)).contains(broker.bootstrapServers());
            new TopicClient(broker.bootstrapServers(), "still_alive").create();
        }
        assertThat(EmbeddedBroker.runningAt(temporary)).isEmpty();
    }

    @Test
    void aSecondBrokerOnOneDirectoryIsRefusedAcrossProcesses() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(temporary)) {
            assertRefusedAsInUse(temporary);
            assertThat(EmbeddedBroker.runningAt(temporary)).contains(broker.bootstrapServers());
            broker.kill();
            assertThat(EmbeddedBroker.runningAt(temporary)).isEmpty();
        }
    }

    @Test
    void noBrokerRunsInAnAbsentDirectory() {
        assertThat(EmbeddedBroker.runningAt(temporary.resolve("absent"))).isEmpty();
    }

    @Test
    void refusesAPathThatIsAFile() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(file)))
                .isInstanceOfSatisfying(
                        BrokerStartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE));
    }

    @Test
    void aKilledBrokerKeepsEveryAcknowledgedTransactionWhole() throws Exception {
        var acknowledged = new AtomicInteger();
        try (BrokerProcess broker = BrokerProcess.start(temporary)) {
            var topic = new TopicClient(broker.bootstrapServers(), "rows");
            topic.create();
            killWhileWriting(broker, topic, acknowledged);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(temporary))) {
            var topic = new TopicClient(broker.bootstrapServers(), "rows");
            writeTransaction(topic, "after");
            List<String> values = topic.readCommitted();
            // The transaction whose answer the kill cut off may be there, whole, or not.
            int transactions = (values.size() - 1) / ROWS_PER_TRANSACTION;
            assertThat(transactions).isBetween(acknowledged.get(), acknowledged.get() + 1);
            assertThat(values).isEqualTo(expectedValues(transactions, "after"));
        }
    }

    private static void killWhileWriting(BrokerProcess broker, TopicClient topic, AtomicInteger acknowledged)
            throws Exception {
        var enough = new CountDownLatch(50);
        ExecutorService writers = Executors.newSingleThreadExecutor();
        try {
            Future<?> writer = writers.submit(() -> writeUntilItFails(topic, acknowledged, enough));
            assertThat(enough.await(60, SECONDS)).isTrue();
            broker.kill();
            writer.get(60, SECONDS);
        } finally {
            writers.shutdownNow();
        }
    }

    private static void writeUntilItFails(TopicClient topic, AtomicInteger acknowledged, CountDownLatch enough) {
        try (KafkaProducer<String, String> producer = topic.transactionalProducer()) {
            producer.initTransactions();
            while (commitRows(producer, topic, acknowledged.get())) {
                acknowledged.incrementAndGet();
                enough.countDown();
            }
            // A commit that was under way is tried for ever by a close that waits: nobody will answer it.
            producer.close(Duration.ZERO);
        }
    }

    /** Returns false once the broker is gone. */
    private static boolean commitRows(KafkaProducer<String, String> producer, TopicClient topic, int transaction) {
        try {
            producer.beginTransaction();
            var sent = new ArrayList<Future<?>>();
            for (int row = 0; row < ROWS_PER_TRANSACTION; row++) {
                sent.add(producer.send(new ProducerRecord<>(topic.topic(), transaction + ":" + row)));
            }
            producer.commitTransaction();
            return sent.stream().allMatch(Future::isDone);
        } catch (KafkaException e) {
            return false;
        }
    }

    private static void writeTransaction(TopicClient topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer = topic.transactionalProducer()) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<?> sent = producer.send(new ProducerRecord<>(topic.topic(), value));
            producer.commitTransaction();
            sent.get();
        }
    }

    private static List<String> expectedValues(int transactions, String last) {
        var values = new ArrayList<String>();
        for (int transaction = 0; transaction < transactions; transaction++) {
            for (int row = 0; row < ROWS_PER_TRANSACTION; row++) {
                values.add(transaction + ":" + row);
            }
        }
        values.add(last);
        return values;
    }

    private static void assertRefusedAsInUse(Path directory) throws Exception {
        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(directory)))
                .isInstanceOfSatisfying(
                        BrokerStartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DIRECTORY_IN_USE))
                .hasMessage("The embedded broker in " + directory.toRealPath()
                        + " did not start: another broker holds this directory. "
                        + "Stop the process that runs it, or use another directory.");
    }

    private static int portOf(String bootstrapServers) {
        return Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
    }
}
