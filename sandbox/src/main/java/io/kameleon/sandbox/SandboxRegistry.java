package io.kameleon.sandbox;

import io.kameleon.sandbox.ServerProcess.Launch;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Apicurio Registry 3.0 in a Java process of its own; it answers the Confluent API at {@link #url()}. Schemas are kept in
 * the directory.
 *
 * <p>The build unpacks the server into {@code sandbox/target/registry}; elsewhere the system property
 * {@code kameleon.registry.home} names the folder.
 */
public final class SandboxRegistry implements SandboxServer {
    private static final String HOME_PROPERTY = "kameleon.registry.home";
    private static final String RUNNER = "apicurio-registry-app-3.0.9-runner.jar";
    private static final Duration PROBE_TIME = Duration.ofSeconds(5);

    private final ServerFiles files;
    private final Path home;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PROBE_TIME).build();
    private final ManagedServer server = new ManagedServer("TERM", this::answers);

    private SandboxRegistry(ServerFiles files, Path home) {
        this.files = files;
        this.home = home;
        this.port = files.port();
    }

    /** Starts a registry on a directory; returns when it answers, at most two minutes later. */
    public static SandboxRegistry startIn(Path directory) {
        var registry = new SandboxRegistry(new ServerFiles(directory), home());
        registry.restart();
        return registry;
    }

    /** The base address of the Confluent API, without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void restart() {
        server.restart(new Launch("Apicurio Registry", command(), files.directory(), files.log(), Account.SAME));
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.banner.enabled=false",
                "-Dapicurio.datasource.url=jdbc:h2:file:" + files.directory().resolve("registry") + ";WRITE_DELAY=0",
                "-Dapicurio.datasource.jdbc.initial-size=1",
                "-Dapicurio.datasource.jdbc.min-size=1",
                "-jar",
                home.resolve(RUNNER).toString());
    }

    private boolean answers() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(PROBE_TIME)
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    private static Path home() {
        List<Path> candidates = Stream.of(System.getProperty(HOME_PROPERTY))
                .filter(named -> named != null)
                .map(Path::of)
                .findFirst()
                .map(List::of)
                .orElseGet(() -> List.of(buildDirectory().resolve("registry")));
        return candidates.stream()
                .filter(candidate -> Files.isRegularFile(candidate.resolve(RUNNER)))
                .findFirst()
                .orElseThrow(() -> new SandboxException("The registry server is not in " + candidates.get(0)
                        + ". Build the module 'sandbox' (mvn package), or set -D" + HOME_PROPERTY + "."));
    }

    /** {@code target} of this module: the folder of both its classes and its jar. */
    private static Path buildDirectory() {
        try {
            return Path.of(SandboxRegistry.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new SandboxException("The place of the sandbox's classes is not a file", e);
        }
    }
}
