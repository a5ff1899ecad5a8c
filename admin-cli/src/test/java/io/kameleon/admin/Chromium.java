package io.kameleon.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window, driven by its own debugging protocol. One thread only. */
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS_MAX = 60;
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final List<String> problems = new ArrayList<>();
    private WebSocket socket;
    private int lastId;

    private Chromium(Process process) {
        this.process = process;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromium")));
    }

    /** @param directory for the profile; not there yet */
    static Chromium start(Path directory) throws Exception {
        Files.createDirectories(directory);
        Process process = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + directory,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        var browser = new Chromium(process);
        try {
            browser.connect(directory.resolve("DevToolsActivePort"));
            return browser;
        } catch (Exception | AssertionError e) {
            browser.close();
            throw e;
        }
    }

    private void connect(Path portFile) throws Exception {
        Await.until(
                "the browser listens",
                START_MAX,
                () -> Files.exists(portFile) && Files.readAllLines(portFile).size() == 2);
        String port = Files.readAllLines(portFile).get(0);
        HttpClient http = HttpClient.newHttpClient();
        var listed = new ArrayList<JsonNode>();
        Await.until("the browser has a page", START_MAX, () -> {
            String body = http.send(
                            java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();
            JSON.readTree(body).forEach(target -> {
                if (target.get("type").asText().equals("page")) {
                    listed.add(target);
                }
            });
            return !listed.isEmpty();
        });
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(listed.get(0).get("webSocketDebuggerUrl").asText()), new Listener())
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        send("Page.enable", Map.of());
        send("Runtime.enable", Map.of());
        send("Log.enable", Map.of());
    }

    /** Puts the pieces of a message together. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder open = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            open.append(data);
            if (last) {
                messages.add(open.toString());
                open.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
        int id = ++lastId;
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        while (true) {
            String message = messages.poll(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            if (message == null) {
                throw new IOException("the browser does not answer " + method);
            }
            JsonNode parsed = JSON.readTree(message);
            if (parsed.path("id").asInt() == id) {
                if (parsed.has("error")) {
                    throw new IOException(method + ": " + parsed.get("error"));
                }
                return parsed.get("result");
            }
            note(parsed);
        }
    }

    private void note(JsonNode event) {
        String method = event.path("method").asText();
        if (method.equals("Runtime.exceptionThrown")
                || method.equals("Log.entryAdded")
                        && event.at("/params/entry/level").asText().equals("error")) {
            problems.add(event.get("params").toString());
        }
    }

    /** @param colours {@code light} or {@code dark} */
    void look(int width, int height, String colours) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    void open(String url) throws Exception {
        send("Page.navigate", Map.of("url", url));
    }

    /** The value of a JavaScript expression, as text. */
    String value(String expression) throws Exception {
        JsonNode result = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.at("/result/value").asText();
    }

    void await(String condition) {
        Await.until(condition, Duration.ofSeconds(60), () -> value("Boolean(" + condition + ")")
                .equals("true"));
    }

    /** All of the page, from top to bottom. */
    void screenshot(Path file) throws Exception {
        String data = send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data")
                .asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** Errors of scripts, and resources that were not there or not allowed. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
