package io.kameleon.benchmarks.limit;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ProducerLoad;
import io.kameleon.benchmarks.workload.InsertWorkload;
import io.kameleon.benchmarks.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The limit of READ on Kafka's side: its own ProducerPerformance with records of 300 bytes. Measured whole. */
public final class ProducerLimit implements Contender {
    private static final List<String> PRODUCER =
            List.of("acks=all", "compression.type=lz4", "batch.size=262144", "linger.ms=5");

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
        return Map.of(
                "ProducerPerformance", ProducerLoad.RECORD_BYTES + "-byte records, " + String.join(" ", PRODUCER));
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        try (ProducerLoad load = ProducerLoad.start(
                run.servers().bootstrapServers(),
                run.id(),
                run.workload().changes(),
                PRODUCER,
                List.of(),
                run.directory().resolve("producer.log"))) {
            Activity activity =
                    run.meter().whole(load.process().process(), run.workload().changes());
            load.process().requireSuccess();
            return StageResult.of(activity);
        }
    }
}
