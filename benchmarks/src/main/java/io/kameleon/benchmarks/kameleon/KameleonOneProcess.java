package io.kameleon.benchmarks.kameleon;

import io.kameleon.admin.Kameleon;
import io.kameleon.benchmarks.kameleon.KameleonConfigFile.Broker;
import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.measure.DestinationProgress;
import io.kameleon.benchmarks.measure.LatencyProbe;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kameleon's {@code run_replica} and {@code init_replica}: one process with the broker in it. */
public final class KameleonOneProcess implements Contender {
    public static final String NAME = "kameleon-one";

    private final KameleonSettings settings;
    private EmptyReplica empty;

    public KameleonOneProcess(KameleonSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.END_TO_END, Stage.LATENCY, Stage.COPY);
    }

    @Override
    public Map<String, String> configuration() {
        var shown = new LinkedHashMap<String, String>();
        shown.put("run_replica", String.join(" ", settings.java(settings.oneHeap())));
        shown.put("init_replica", String.join(" ", settings.java(settings.copyHeap())));
        return shown;
    }

    @Override
    public void prepare(Workload workload, Servers servers, Path directory) throws Exception {
        String name = "kameleon_one_" + workload.schema();
        if (!Stage.COPY.suits(workload)) {
            empty = EmptyReplica.create(servers, workload, Broker.EMBEDDED, name, directory, settings.sourceKeys());
        }
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        return switch (run.stage()) {
            case END_TO_END -> endToEnd(run);
            case LATENCY -> latency(run);
            case COPY -> CopyRun.run(run, Broker.EMBEDDED, settings);
            case READ, APPLY -> throw new IllegalArgumentException("no stage of " + NAME);
        };
    }

    private StageResult endToEnd(StageRun run) throws Exception {
        Path config = empty.copyTo(run.id(), run.directory());
        var destination = new Destination(run.id(), run.workload().schema());
        try (ChildProcess replica = start(run, config, settings.oneHeap(), "run_replica");
                DestinationProgress progress = new DestinationProgress(
                        run.servers().postgres().connect(run.id()), run.workload(), destination.schema())) {
            Activity activity = run.meter()
                    .watch(List.of(replica.handle()), progress, run.workload().changes());
            return StageResult.of(activity, destination);
        }
    }

    private StageResult latency(StageRun run) throws Exception {
        Path config = empty.copyTo(run.id(), run.directory());
        var destination = new Destination(run.id(), run.workload().schema());
        try (ChildProcess replica = start(run, config, settings.oneHeap(), "run_replica")) {
            return LatencyProbe.measure(run, destination, List.of(replica.handle()));
        }
    }

    private ChildProcess start(StageRun run, Path config, String heap, String command) {
        return ChildProcess.java(
                command,
                run.directory().resolve(command + ".log"),
                settings.java(heap),
                Kameleon.class,
                List.of(command, "--source", KameleonConfigFile.SOURCE, "--config", config.toString()));
    }

    @Override
    public void discard(StageRun run) throws Exception {
        EmptyReplica.sql(run.servers(), "DROP DATABASE IF EXISTS " + run.id() + " WITH (FORCE)");
    }
}
