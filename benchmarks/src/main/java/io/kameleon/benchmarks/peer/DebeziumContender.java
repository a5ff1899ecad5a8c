package io.kameleon.benchmarks.peer;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.measure.DestinationProgress;
import io.kameleon.benchmarks.measure.LatencyProbe;
import io.kameleon.benchmarks.measure.TopicProgress;
import io.kameleon.benchmarks.run.BinlogStart;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.MySqlServer.Flavour;
import io.kameleon.benchmarks.server.NodeTopics;
import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Debezium's source and its JDBC sink, in one Kafka Connect worker for each run. The clock starts at the first row, so that neither
 * the worker's start nor what it loads counts.
 *
 * <p>The sink writes into tables that are there, with their keys and indexes, for COPY too: it upserts, which needs the key.
 */
public final class DebeziumContender implements Contender {
    private PeerInstallation installation;

    /** Fetches Debezium when it is not there yet. */
    @Override
    public void prepare(Workload workload, Servers servers, Path directory) throws Exception {
        installation = PeerInstallation.of(servers.mysql().flavour());
    }

    @Override
    public String name() {
        return "debezium";
    }

    @Override
    public Set<Stage> stages() {
        return EnumSet.allOf(Stage.class);
    }

    @Override
    public Map<String, String> configuration() {
        var shown = new LinkedHashMap<String, String>();
        PeerVersions versions = PeerVersions.load();
        for (Flavour flavour : Flavour.values()) {
            String source = PeerInstallation.source(flavour);
            shown.put(source, versions.of(source));
        }
        shown.put(PeerInstallation.SINK, versions.of(PeerInstallation.SINK));
        shown.put("Kafka Connect", versions.of("kafka") + ", stand-alone, one worker");
        shown.put("JVM", String.join(" ", ConnectWorker.JVM_OPTIONS));
        shown.put("converter", "Avro, Confluent's serializers");
        shown.put("worker", text(WorkerSettings.tuning()));
        shown.put("source", text(DebeziumSource.tuning()));
        shown.put(
                "sink",
                text(DebeziumSink.tuning()) + " reWriteBatchedInserts=true; unnest where no column is a date or time");
        return shown;
    }

    private static String text(Map<String, String> settings) {
        return String.join(
                " ",
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        return switch (run.stage()) {
            case READ -> StageResult.of(read(run));
            case APPLY -> apply(run);
            case END_TO_END -> endToEnd(run, Optional.of(run.start()));
            case COPY -> endToEnd(run, Optional.empty());
            case LATENCY -> latency(run);
        };
    }

    private Activity read(StageRun run) throws Exception {
        DebeziumSource source = source(run, readPrefix(run));
        try (var topics = new NodeTopics(run.servers().bootstrapServers())) {
            topics.delete(source.topics());
            topics.create(source.topics());
        }
        try (var worker = ConnectWorker.start(installation, run.servers(), run.directory());
                var progress = new TopicProgress(run.servers().bootstrapServers(), source::topics)) {
            source.createIn(worker, Optional.of(run.start()));
            worker.resume(DebeziumSource.NAME);
            var counter = new SupervisedCounter(progress, worker, List.of(DebeziumSource.NAME));
            return run.meter()
                    .watch(List.of(worker.handle()), counter, run.workload().changes());
        }
    }

    private StageResult apply(StageRun run) throws Exception {
        DebeziumSource source = source(run, readPrefix(run));
        requireFilled(run, source);
        Destination destination = destination(run);
        try (var worker = ConnectWorker.start(installation, run.servers(), run.directory())) {
            sink(run, destination, source).createIn(worker);
            worker.resume(DebeziumSink.NAME);
            return StageResult.of(watch(run, destination, worker, List.of(DebeziumSink.NAME)), destination);
        }
    }

    /** The topics as READ of the same round has left them, or filled now. */
    private void requireFilled(StageRun run, DebeziumSource source) throws Exception {
        try (var topics = new NodeTopics(run.servers().bootstrapServers())) {
            if (topics.records(source.topics()) == run.workload().changes()) {
                return;
            }
        }
        Path directory = Files.createDirectories(run.directory().resolve("fill"));
        read(new StageRun(
                run.id() + "_fill",
                run.round(),
                Stage.READ,
                run.workload(),
                run.start(),
                run.end(),
                run.servers(),
                run.meter(),
                directory));
    }

    private StageResult endToEnd(StageRun run, Optional<BinlogStart> place) throws Exception {
        DebeziumSource source = source(run, run.id());
        Destination destination = destination(run);
        try (var worker = ConnectWorker.start(installation, run.servers(), run.directory())) {
            start(run, worker, source, destination, place);
            return StageResult.of(
                    watch(run, destination, worker, List.of(DebeziumSource.NAME, DebeziumSink.NAME)), destination);
        }
    }

    private StageResult latency(StageRun run) throws Exception {
        DebeziumSource source = source(run, run.id());
        Destination destination = destination(run);
        try (var worker = ConnectWorker.start(installation, run.servers(), run.directory())) {
            start(run, worker, source, destination, Optional.of(run.start()));
            return LatencyProbe.measure(run, destination, List.of(worker.handle()));
        }
    }

    private void start(
            StageRun run,
            ConnectWorker worker,
            DebeziumSource source,
            Destination destination,
            Optional<BinlogStart> place)
            throws Exception {
        try (var topics = new NodeTopics(run.servers().bootstrapServers())) {
            topics.create(source.topics());
        }
        sink(run, destination, source).createIn(worker);
        source.createIn(worker, place);
        worker.resume(DebeziumSink.NAME);
        worker.resume(DebeziumSource.NAME);
    }

    private static Activity watch(StageRun run, Destination destination, ConnectWorker worker, List<String> connectors)
            throws Exception {
        try (var progress = new DestinationProgress(
                run.servers().postgres().connect(destination.database()), run.workload(), destination.schema())) {
            var counter = new SupervisedCounter(progress, worker, connectors);
            return run.meter()
                    .watch(List.of(worker.handle()), counter, run.workload().changes());
        }
    }

    private static Destination destination(StageRun run) throws Exception {
        var postgres = run.servers().postgres();
        Destination destination = PeerDatabase.create(postgres, run.id(), run.workload());
        PeerDatabase.createTables(postgres, destination, run.workload());
        return destination;
    }

    private static DebeziumSource source(StageRun run, String prefix) {
        return new DebeziumSource(run.servers().mysql(), run.workload(), prefix, run.directory());
    }

    private static DebeziumSink sink(StageRun run, Destination destination, DebeziumSource source) {
        return new DebeziumSink(
                run.servers().postgres(), destination, source.topics(), DebeziumSink.Inserts.suiting(run.workload()));
    }

    /** What READ fills and APPLY of the same round takes from. */
    private String readPrefix(StageRun run) {
        return "%s_%s_r%d".formatted(name(), run.workload().name().toLowerCase(Locale.ROOT), run.round());
    }

    @Override
    public void discard(StageRun run) throws Exception {
        PeerDatabase.drop(run.servers().postgres(), run.id());
        try (var topics = new NodeTopics(run.servers().bootstrapServers())) {
            topics.delete(source(run, run.id()).topics());
            if (run.stage() == Stage.APPLY) {
                topics.delete(source(run, readPrefix(run)).topics());
            }
        }
    }
}
