package io.kameleon.benchmarks.kameleon;

import io.kameleon.benchmarks.kameleon.KameleonConfigFile.Broker;
import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.measure.DestinationProgress;
import io.kameleon.benchmarks.measure.LatencyProbe;
import io.kameleon.benchmarks.measure.TopicProgress;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.workload.Workload;
import io.kameleon.reader.service.ReaderService;
import io.kameleon.replay.service.ReplayService;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kameleon as two services, reader and replay, over the benchmark's Kafka node, and the initial copy beside it. */
public final class KameleonServices implements Contender {
    public static final String NAME = "kameleon";

    private final KameleonSettings settings;
    private EmptyReplica empty;
    private Optional<Filled> filled = Optional.empty();

    /** What READ has left for APPLY of the same round. */
    private record Filled(String workload, int round, String run, Path config) {
        boolean suits(StageRun asked) {
            return workload.equals(asked.workload().name()) && round == asked.round();
        }
    }

    public KameleonServices(KameleonSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.values());
    }

    @Override
    public Map<String, String> configuration() {
        var shown = new LinkedHashMap<String, String>();
        shown.put("reader", String.join(" ", settings.java(settings.readerHeap())));
        shown.put("replay", String.join(" ", settings.java(settings.replayHeap())));
        shown.put(
                "configuration",
                settings.sourceKeys().isEmpty() ? "defaults" : String.join("; ", settings.sourceKeys()));
        return shown;
    }

    @Override
    public void prepare(Workload workload, Servers servers, Path directory) throws Exception {
        String name = "kameleon_" + workload.schema();
        if (!Stage.COPY.suits(workload)) {
            empty = EmptyReplica.create(servers, workload, Broker.CLUSTER, name, directory, settings.sourceKeys());
        }
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        return switch (run.stage()) {
            case READ -> read(run);
            case APPLY -> apply(run);
            case END_TO_END -> endToEnd(run);
            case LATENCY -> latency(run);
            case COPY -> CopyRun.run(run, Broker.CLUSTER, settings);
        };
    }

    private StageResult read(StageRun run) throws Exception {
        Path config = empty.copyTo(run.id(), run.directory());
        Activity activity = fill(run, config);
        dropFilled(run.servers());
        filled = Optional.of(new Filled(run.workload().name(), run.round(), run.id(), config));
        return StageResult.of(activity);
    }

    private Activity fill(StageRun run, Path config) throws Exception {
        String topic = RunTopics.rows(run.id());
        try (TopicProgress progress =
                        new TopicProgress(run.servers().bootstrapServers(), () -> List.of(topic)).fromHere();
                ChildProcess reader = reader(run, config)) {
            return run.meter()
                    .watch(List.of(reader.handle()), progress, run.workload().changes());
        }
    }

    private StageResult apply(StageRun run) throws Exception {
        if (filled.isEmpty() || !filled.get().suits(run)) {
            dropFilled(run.servers());
            Path config = empty.copyTo(run.id(), run.directory());
            fill(run, config);
            filled = Optional.of(new Filled(run.workload().name(), run.round(), run.id(), config));
        }
        Filled source = filled.get();
        try (ChildProcess replay = replay(run, source.config)) {
            return StageResult.of(
                    watchDestination(run, source.run, List.of(replay)),
                    new Destination(source.run, run.workload().schema()));
        }
    }

    private StageResult endToEnd(StageRun run) throws Exception {
        Path config = empty.copyTo(run.id(), run.directory());
        try (ChildProcess reader = reader(run, config);
                ChildProcess replay = replay(run, config)) {
            return StageResult.of(
                    watchDestination(run, run.id(), List.of(reader, replay)),
                    new Destination(run.id(), run.workload().schema()));
        }
    }

    private StageResult latency(StageRun run) throws Exception {
        Path config = empty.copyTo(run.id(), run.directory());
        var destination = new Destination(run.id(), run.workload().schema());
        try (ChildProcess reader = reader(run, config);
                ChildProcess replay = replay(run, config)) {
            return LatencyProbe.measure(run, destination, List.of(reader.handle(), replay.handle()));
        }
    }

    private static Activity watchDestination(StageRun run, String database, List<ChildProcess> processes)
            throws Exception {
        try (DestinationProgress progress = new DestinationProgress(
                run.servers().postgres().connect(database),
                run.workload(),
                run.workload().schema())) {
            return run.meter()
                    .watch(
                            processes.stream().map(ChildProcess::handle).toList(),
                            progress,
                            run.workload().changes());
        }
    }

    private ChildProcess reader(StageRun run, Path config) {
        return ChildProcess.java(
                "reader",
                run.directory().resolve("reader.log"),
                settings.java(settings.readerHeap()),
                ReaderService.class,
                List.of("--config", config.toString()));
    }

    private ChildProcess replay(StageRun run, Path config) {
        return ChildProcess.java(
                "replay",
                run.directory().resolve("replay.log"),
                settings.java(settings.replayHeap()),
                ReplayService.class,
                List.of("--config", config.toString()));
    }

    @Override
    public void discard(StageRun run) throws Exception {
        if (run.stage() == Stage.READ) {
            return; // APPLY may come
        }
        dropFilled(run.servers());
        drop(run.servers(), run.id());
    }

    private void dropFilled(Servers servers) throws Exception {
        if (filled.isPresent()) {
            String name = filled.get().run;
            filled = Optional.empty();
            drop(servers, name);
        }
    }

    private static void drop(Servers servers, String name) throws Exception {
        RunTopics.delete(servers.bootstrapServers(), name);
        EmptyReplica.sql(servers, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
