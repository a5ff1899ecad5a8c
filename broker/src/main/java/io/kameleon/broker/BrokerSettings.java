package io.kameleon.broker;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where an embedded broker keeps its data and how it is reached.
 *
 * @param directory created when absent, readable by its owner only; holds everything the broker must remember
 * @param port      on 127.0.0.1; 0 takes the port that the directory was last served on, or a free one when that is
 *                  taken or none is known
 * @param overrides Kafka broker properties that win over the small-machine defaults; not listeners, node id,
 *                  directories, quorum or controller, which belong to the embedded broker
 */
public record BrokerSettings(Path directory, int port, Map<String, String> overrides) {
    public BrokerSettings {
        requireNonNull(directory, "directory");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
        }
        overrides = Map.copyOf(overrides);
        for (String key : overrides.keySet()) {
            if (BrokerProperties.OWNED.contains(key)) {
                throw new IllegalArgumentException("broker property " + key + " cannot be overridden");
            }
        }
    }

    /** Any port, no overrides. */
    public static BrokerSettings in(Path directory) {
        return new BrokerSettings(directory, 0, Map.of());
    }
}
