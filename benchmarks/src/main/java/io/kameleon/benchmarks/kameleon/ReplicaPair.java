package io.kameleon.benchmarks.kameleon;

import io.kameleon.benchmarks.kameleon.KameleonConfigFile.Broker;
import io.kameleon.benchmarks.measure.Meter;
import io.kameleon.benchmarks.measure.TopicProgress;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.server.SourceBinlog;
import io.kameleon.benchmarks.workload.Workload;
import io.kameleon.reader.service.ReaderService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A workload as real data for a benchmark of single pieces: in the binlog, behind the read position of one replica, and in the topic of
 * another. Nothing runs; both are described by configuration files.
 *
 * @param unread the replica whose reader has read nothing yet
 * @param read   the replica whose topic has all rows, and nothing of it is applied
 */
public record ReplicaPair(Path unread, Path read) {
    /** The source's name in both files. */
    public static final String SOURCE = KameleonConfigFile.SOURCE;

    private static final Duration SILENCE_MAX = Duration.ofMinutes(3);

    public static ReplicaPair of(Workload workload, Servers servers, KameleonSettings settings) throws Exception {
        try (Connection mysql = servers.mysql().connect("")) {
            workload.create(mysql);
        }
        String name = "pair_" + workload.schema();
        EmptyReplica empty = EmptyReplica.create(
                servers, workload, Broker.CLUSTER, name, directory(servers, name), settings.sourceKeys());
        new SourceBinlog(servers.mysql()).load(workload.schema(), workload::run);
        String unread = name + "_unread";
        String read = name + "_read";
        var pair = new ReplicaPair(
                empty.copyTo(unread, directory(servers, unread)), empty.copyTo(read, directory(servers, read)));
        pair.fill(read, workload, servers, settings);
        return pair;
    }

    private void fill(String prefix, Workload workload, Servers servers, KameleonSettings settings) throws Exception {
        Path log = servers.directory().resolve(prefix + ".log");
        List<String> arguments = List.of("--config", read.toString());
        try (var progress = new TopicProgress(servers.bootstrapServers(), () -> List.of(RunTopics.rows(prefix)));
                ChildProcess reader = ChildProcess.java(
                        "reader", log, settings.java(settings.readerHeap()), ReaderService.class, arguments)) {
            new Meter(Map.of(), SILENCE_MAX).watch(List.of(reader.handle()), progress, workload.changes());
        }
    }

    private static Path directory(Servers servers, String name) throws Exception {
        return Files.createDirectories(servers.directory().resolve("runs").resolve(name));
    }
}
