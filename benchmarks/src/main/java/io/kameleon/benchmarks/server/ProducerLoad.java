package io.kameleon.benchmarks.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.tools.ProducerPerformance;

/** Kafka's own ProducerPerformance, in a process of its own, into a topic of its own, which goes with it. */
public final class ProducerLoad implements AutoCloseable {
    public static final int RECORD_BYTES = 300;

    private static final long WAIT_SECONDS_MAX = 30;

    private final Admin admin;
    private final String topic;
    private final ChildProcess producer;

    private ProducerLoad(Admin admin, String topic, ChildProcess producer) {
        this.admin = admin;
        this.topic = topic;
        this.producer = producer;
    }

    /**
     * Makes the topic, of one partition, and starts to write.
     *
     * @param producer settings of the producer, {@code key=value}
     * @param options  further ones of the program
     * @param log      gets what it prints
     */
    public static ProducerLoad start(
            String brokers, String topic, long records, List<String> producer, List<String> options, Path log)
            throws ExecutionException, InterruptedException, TimeoutException {
        Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
        try {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            var arguments = new ArrayList<>(List.of("--bootstrap-server", brokers, "--topic", topic));
            arguments.addAll(List.of("--num-records", String.valueOf(records), "--throughput", "-1"));
            arguments.addAll(List.of("--record-size", String.valueOf(RECORD_BYTES)));
            arguments.addAll(options);
            arguments.add("--command-property");
            arguments.addAll(producer);
            ChildProcess process = ChildProcess.java(
                    topic, log, List.of("-Xmx256m", "-XX:+UseSerialGC"), ProducerPerformance.class, arguments);
            return new ProducerLoad(admin, topic, process);
        } catch (ExecutionException | InterruptedException | TimeoutException | RuntimeException e) {
            admin.close();
            throw e;
        }
    }

    public ChildProcess process() {
        return producer;
    }

    @Override
    public void close() throws ExecutionException, InterruptedException, TimeoutException {
        try (admin) {
            producer.close();
            admin.deleteTopics(List.of(topic)).all().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        }
    }
}
