package io.kameleon.benchmarks.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.tools.ProducerPerformance;

/** Kafka's own ProducerPerformance, in a process of its own, into a topic of its own, which goes with it. */
public final class ProducerLoad implements AutoCloseable {
    public static final int RECORD_BYTES = 300;

    private final NodeTopics topics;
    private final String topic;
    private final ChildProcess producer;

    private ProducerLoad(NodeTopics topics, String topic, ChildProcess producer) {
        this.topics = topics;
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
            throws Exception {
        var topics = new NodeTopics(brokers);
        try {
            topics.create(List.of(topic));
            var arguments = new ArrayList<>(List.of("--bootstrap-server", brokers, "--topic", topic));
            arguments.addAll(List.of("--num-records", String.valueOf(records), "--throughput", "-1"));
            arguments.addAll(List.of("--record-size", String.valueOf(RECORD_BYTES)));
            arguments.addAll(options);
            arguments.add("--command-property");
            arguments.addAll(producer);
            ChildProcess process = ChildProcess.java(
                    topic, log, List.of("-Xmx256m", "-XX:+UseSerialGC"), ProducerPerformance.class, arguments);
            return new ProducerLoad(topics, topic, process);
        } catch (Exception e) {
            topics.close();
            throw e;
        }
    }

    public ChildProcess process() {
        return producer;
    }

    @Override
    public void close() throws Exception {
        try (topics) {
            producer.close();
            topics.delete(List.of(topic));
        }
    }
}
