package io.kameleon.benchmarks.limit;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.workload.InsertWorkload;
import io.kameleon.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.tools.ProducerPerformance;

/** The limit of READ on Kafka's side: its own ProducerPerformance with records of 300 bytes. Measured whole. */
public final class ProducerLimit implements Contender {
    private static final List<String> PRODUCER =
            List.of("acks=all", "compression.type=lz4", "batch.size=262144", "linger.ms=5");
    private static final int RECORD_BYTES = 300;
    private static final long WAIT_SECONDS_MAX = 30;

    @Override
    public String name() {
        return "kafka-producer";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.READ);
    }

    @Override
    public boolean takesPart(Stage stage, Workload workload) {
        return stage == Stage.READ && workload instanceof InsertWorkload;
    }

    @Override
    public Map<String, String> configuration() {
        return Map.of("ProducerPerformance", RECORD_BYTES + "-byte records, " + String.join(" ", PRODUCER));
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        String brokers = run.servers().bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(run.id(), 1, (short) 1)))
                    .all()
                    .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            var arguments = new ArrayList<>(List.of(
                    "--topic",
                    run.id(),
                    "--num-records",
                    String.valueOf(run.workload().changes()),
                    "--record-size",
                    String.valueOf(RECORD_BYTES),
                    "--throughput",
                    "-1",
                    "--bootstrap-server",
                    brokers));
            arguments.add("--command-property");
            arguments.addAll(PRODUCER);
            try (ChildProcess producer = ChildProcess.java(
                    name(),
                    run.directory().resolve("producer.log"),
                    List.of("-Xmx256m", "-XX:+UseSerialGC"),
                    ProducerPerformance.class,
                    arguments)) {
                Activity activity =
                        run.meter().whole(producer.process(), run.workload().changes());
                producer.requireSuccess();
                return StageResult.of(activity);
            } finally {
                admin.deleteTopics(List.of(run.id())).all().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            }
        }
    }
}
