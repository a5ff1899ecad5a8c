package io.kameleon.benchmarks.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.Servers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A stand-alone worker of Kafka Connect in a process of its own, driven by its REST interface. Connectors are created stopped, so
 * that their clock starts when {@link #resume} is called. Used by one thread.
 */
final class ConnectWorker implements AutoCloseable {
    /** The heap that the published figures were measured with; G1 is what Kafka's scripts choose. */
    static final List<String> JVM_OPTIONS = List.of("-Xmx3g", "-XX:+UseG1GC");

    private static final Duration REQUEST_TIME = Duration.ofSeconds(60);
    private static final Duration START_TIME = Duration.ofMinutes(3);
    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(REQUEST_TIME).build();
    private final ChildProcess process;
    private final String address;

    private ConnectWorker(ChildProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Returns when the worker answers.
     *
     * @param directory for its settings, offsets and log
     */
    static ConnectWorker start(PeerInstallation installation, Servers servers, Path directory)
            throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + freePort();
        Path settings = directory.resolve("worker.properties");
        Files.writeString(
                settings,
                WorkerSettings.of(servers, installation, directory, address).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", installation.classPath()));
        command.addAll(List.of("org.apache.kafka.connect.cli.ConnectStandalone", settings.toString()));
        var worker = new ConnectWorker(
                ChildProcess.start("Kafka Connect", directory.resolve("worker.log"), command), address);
        try {
            worker.awaitAnswer();
            return worker;
        } catch (IOException | InterruptedException | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    ProcessHandle handle() {
        return process.handle();
    }

    /** Creates a connector that does nothing yet. */
    void create(String connector, Map<String, String> settings) throws IOException, InterruptedException {
        String body = json.writeValueAsString(
                Map.of("name", connector, "initial_state", "STOPPED", "config", new TreeMap<>(settings)));
        request("POST", "/connectors", body);
    }

    /** Says where a stopped source begins. */
    void startAt(String connector, Map<String, String> partition, Map<String, Object> offset)
            throws IOException, InterruptedException {
        String body = json.writeValueAsString(
                Map.of("offsets", List.of(Map.of("partition", partition, "offset", new TreeMap<>(offset)))));
        request("PATCH", "/connectors/" + connector + "/offsets", body);
    }

    void resume(String connector) throws IOException, InterruptedException {
        request("PUT", "/connectors/" + connector + "/resume", "");
    }

    /** Whether the connector and so many tasks say that they run. */
    boolean runs(String connector, int tasks) throws IOException, InterruptedException {
        JsonNode status = requireRunning(connector);
        return status.path("connector").path("state").asText().equals("RUNNING")
                && status.path("tasks").size() >= tasks
                && status.path("tasks").findValuesAsText("state").stream().allMatch("RUNNING"::equals);
    }

    /**
     * Its status.
     *
     * @throws IllegalStateException with the worker's reason when the connector or a task has failed
     */
    JsonNode requireRunning(String connector) throws IOException, InterruptedException {
        JsonNode status = json.readTree(request("GET", "/connectors/" + connector + "/status", ""));
        if (status.findValuesAsText("state").contains("FAILED")) {
            throw new IllegalStateException(connector + " has failed: " + cause(status.findValuesAsText("trace")));
        }
        return status;
    }

    /** The innermost cause that a stack trace names. */
    private static String cause(List<String> traces) {
        return traces.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((outer, inner) -> inner)
                .orElse("see the worker's log");
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        while (!answers()) {
            if (!process.handle().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("Kafka Connect did not start:\n" + process.tail());
            }
            LockSupport.parkNanos(PROBE_NANOS);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return send("GET", "/connector-plugins", "").statusCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private String request(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("Kafka Connect answers " + answer.statusCode() + " to " + method + " "
                    + path + ":\n" + process.tail());
        }
        return answer.body();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(REQUEST_TIME)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
