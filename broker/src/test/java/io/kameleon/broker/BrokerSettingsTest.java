package io.kameleon.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
    private static final Path DIRECTORY = Path.of("broker");

    @Test
    void anOverrideWinsOverTheDefault() {
        var settings = new BrokerSettings(DIRECTORY, 0, Map.of("num.io.threads", "9"));
        var properties = BrokerProperties.of(settings, DIRECTORY.resolve("log"), 4711, 4712);
        assertThat(properties).containsEntry("num.io.threads", "9").containsEntry("log.retention.ms", "-1");
    }

    @Test
    void listensOnTheLoopbackAddressOnly() {
        var properties = BrokerProperties.of(BrokerSettings.in(DIRECTORY), DIRECTORY.resolve("log"), 4711, 4712);
        assertThat(properties)
                .containsEntry("listeners", "CLIENTS://127.0.0.1:4711,CONTROLLER://127.0.0.1:4712")
                .containsEntry("advertised.listeners", "CLIENTS://127.0.0.1:4711");
    }

    @Test
    void refusesToOverrideWhatTheEmbeddedBrokerDecides() {
        var overrides = Map.of("listeners", "PLAINTEXT://0.0.0.0:9092");
        assertThatThrownBy(() -> new BrokerSettings(DIRECTORY, 0, overrides))
                .hasMessage("broker property listeners cannot be overridden");
    }

    @Test
    void refusesAPortOutsideTheRange() {
        assertThatThrownBy(() -> new BrokerSettings(DIRECTORY, 65_536, Map.of()))
                .hasMessage("port 65536 is not within 0 to 65535");
    }
}
