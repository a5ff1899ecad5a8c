package io.kameleon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class SandboxRegistryIT {
    @TempDir
    private Path temporary;

    @Test
    void keepsARegisteredSchemaOverAKill() throws Exception {
        try (SandboxRegistry registry = SandboxRegistry.startIn(temporary)) {
            HttpRequest register = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/orders/versions"))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(BodyPublishers.ofString("{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}"))
                    .build();
            assertThat(answer(register)).contains("\"id\":");
            registry.kill();
            registry.restart();
            HttpRequest subjects = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects"))
                    .build();
            assertThat(answer(subjects)).isEqualTo("[\"orders\"]");
        }
    }

    private static String answer(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
