package io.kameleon.benchmarks.peer;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.MySqlServer.Flavour;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A Kafka Connect worker with Debezium's source for one kind of server and its JDBC sink, on this machine. Fetched from Maven
 * Central by {@code mvn} (about 100 MB) into the user's cache, once for each set of versions.
 *
 * @param worker  folder of the worker's jars
 * @param plugins folder with one folder per connector
 */
record PeerInstallation(Path worker, Path plugins) {
    static final String SINK = "debezium-connector-jdbc";

    /** By name: Kafka Connect's interfaces are in the worker's process alone. */
    static final String CONVERTER = PeerInstallation.class.getPackageName() + ".AvroDataConverter";

    private static final String POM = "peers.xml";
    private static final String COMPLETE = "complete";

    /**
     * Fetches what is not there yet.
     *
     * @throws IllegalStateException with Maven's last lines when it fails
     */
    static synchronized PeerInstallation of(Flavour flavour) throws IOException, InterruptedException {
        PeerVersions versions = PeerVersions.load();
        String source = source(flavour);
        Path home = cache().resolve("%s-%s-%s-kafka-%s"
                .formatted(source, versions.of(source), versions.of(SINK), versions.of("kafka")));
        if (!Files.exists(home.resolve(COMPLETE))) {
            fetch(home, source, versions);
            Files.writeString(home.resolve(COMPLETE), "");
        }
        return new PeerInstallation(home.resolve("worker"), home.resolve("plugins"));
    }

    /** The artifact of the source connector for a kind of server. */
    static String source(Flavour flavour) {
        return "debezium-connector-" + flavour.name().toLowerCase(Locale.ROOT);
    }

    /** The worker's jars, the converter, and Confluent's serializers. */
    String classPath() {
        return String.join(
                File.pathSeparator,
                place(PeerInstallation.class).toString(),
                place(KafkaAvroSerializer.class).toString(),
                worker.resolve("*").toString());
    }

    private static void fetch(Path home, String source, PeerVersions versions)
            throws IOException, InterruptedException {
        Files.createDirectories(home);
        Path pom = home.resolve("pom.xml");
        try (InputStream in = PeerInstallation.class.getResourceAsStream(POM)) {
            Files.write(pom, in.readAllBytes());
        }
        var command = new ArrayList<>(List.of("mvn", "-q", "-B", "-f", pom.toString(), "package"));
        versions.byArtifact().forEach((artifact, version) -> command.add("-Dpeer." + artifact + "=" + version));
        command.add("-Dpeer.directory=" + home);
        command.add("-Dpeer.source=" + source);
        command.add("-Dpeer.source.version=" + versions.of(source));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        try (ChildProcess maven = ChildProcess.start("mvn", home.resolve("mvn.log"), command)) {
            maven.requireSuccess();
        }
    }

    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path caches =
                given == null || given.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return caches.resolve("kameleon").resolve("peers");
    }

    /** The jar or folder that a class comes from. */
    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes of " + type.getName() + " are not in a file", e);
        }
    }
}
