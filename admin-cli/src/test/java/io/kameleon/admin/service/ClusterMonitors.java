package io.kameleon.admin.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.admin.monitor.Monitor;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.metrics.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Two monitors on one cluster. */
final class ClusterMonitors {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private ClusterMonitors() {}

    /** @param directory for their stores */
    static void assertEachAnswersForAll(Path config, Path directory, List<String> sources) {
        try (Monitor one = start(config, directory.resolve("monitor-one"));
                Monitor other = start(config, directory.resolve("monitor-other"))) {
            for (Monitor asked : List.of(one, other)) {
                long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
                while (!tellsOf(asked, sources) && System.nanoTime() < deadline) {
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
                assertThat(told(asked)).contains("accounts");
                assertThat(tellsOf(asked, sources)).as(told(asked)).isTrue();
            }
        }
    }

    private static Monitor start(Path config, Path stores) {
        var settings = new Monitor.Settings(
                new ListenAddress("127.0.0.1", 0), Optional.empty(), stores, Optional.empty(), Duration.ofSeconds(5));
        return Monitor.start(Installation.load(config.toString()), settings, words -> {
            throw new AssertionError("no button was pressed");
        });
    }

    private static boolean tellsOf(Monitor monitor, List<String> sources) {
        String told = told(monitor);
        return sources.stream().allMatch(source -> told.contains('"' + source + "\":"));
    }

    private static String told(Monitor monitor) {
        var uri = URI.create("http://127.0.0.1:" + monitor.port() + "/statistics");
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
