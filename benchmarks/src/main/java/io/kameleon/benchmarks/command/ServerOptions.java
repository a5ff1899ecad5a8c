package io.kameleon.benchmarks.command;

import io.kameleon.benchmarks.kameleon.KameleonSettings;
import io.kameleon.benchmarks.server.LocalServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What every command that starts servers takes. */
final class ServerOptions {
    @Option(
            names = "--mysql-url",
            paramLabel = "URL",
            description = {
                "A MySQL or MariaDB server of this machine whose databases bench_... may be dropped, made and filled, as",
                "jdbc:mysql://127.0.0.1:PORT/?user=root. A password is better given in $MYSQL_URL, which is the default.",
                "Without either: the sandbox's MariaDB."
            })
    private String mysqlUrl;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where the servers' data and the runs' logs go; stays. Without it: a temporary one, which is deleted.")
    private Path directory;

    @Option(names = "--reader-heap", paramLabel = "SIZE", description = "Heap of Kameleon's reader: ${DEFAULT-VALUE}.")
    private String readerHeap = KameleonSettings.DEFAULT.readerHeap();

    @Option(names = "--replay-heap", paramLabel = "SIZE", description = "Heap of Kameleon's replay: ${DEFAULT-VALUE}.")
    private String replayHeap = KameleonSettings.DEFAULT.replayHeap();

    @Option(
            names = "--one-heap",
            paramLabel = "SIZE",
            description = "Heap of run_replica, the broker in it included: ${DEFAULT-VALUE}.")
    private String oneHeap = KameleonSettings.DEFAULT.oneHeap();

    @Option(names = "--copy-heap", paramLabel = "SIZE", description = "Heap of init_replica: ${DEFAULT-VALUE}.")
    private String copyHeap = KameleonSettings.DEFAULT.copyHeap();

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description = "A further option of each of Kameleon's Java processes; repeat it for more.")
    private List<String> jvmOptions = List.of();

    @Option(
            names = "--source-key",
            paramLabel = "\"KEY: VALUE\"",
            description =
                    "A line of Kameleon's source configuration, as \"replay_max_rows: 20000\"; repeat it for more.")
    private List<String> sourceKeys = List.of();

    KameleonSettings kameleon() {
        return new KameleonSettings(readerHeap, replayHeap, oneHeap, copyHeap, jvmOptions, sourceKeys);
    }

    /** Servers, and their directory when it is to be deleted. */
    record Started(LocalServers servers, Optional<Path> temporary) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            servers.close();
            if (temporary.isPresent()) {
                delete(temporary.get());
            }
        }
    }

    /** Servers that are warm. */
    Started start() throws Exception {
        Started started = cold();
        try {
            started.servers.warmUp();
            return started;
        } catch (Exception e) {
            started.close();
            throw e;
        }
    }

    private Started cold() throws Exception {
        Optional<String> url = Optional.ofNullable(mysqlUrl == null ? System.getenv("MYSQL_URL") : mysqlUrl)
                .filter(text -> !text.isBlank());
        if (directory != null) {
            Files.createDirectories(directory);
            return new Started(LocalServers.start(directory, url), Optional.empty());
        }
        Path temporary = Files.createTempDirectory("kameleon-bench");
        // PostgreSQL runs as another user when this is root
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            return new Started(LocalServers.start(temporary, url), Optional.of(temporary));
        } catch (Exception e) {
            delete(temporary);
            throw e;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
