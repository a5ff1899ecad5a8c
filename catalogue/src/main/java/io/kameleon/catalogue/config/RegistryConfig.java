package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

/**
 * Where the Avro schemas are registered.
 *
 * @param properties for the registry client: authentication, TLS
 */
public record RegistryConfig(Registry registry, ClientProperties properties) {
    public RegistryConfig {
        requireNonNull(registry, "registry");
        requireNonNull(properties, "properties");
    }

    /** A topic of the same Kafka, or a server. */
    public sealed interface Registry {}

    /** The schemas stand in a compacted topic of the configured Kafka. */
    public record Embedded() implements Registry {}

    /** @param url of a Confluent-compatible registry; several separated by commas */
    public record Server(String url) implements Registry {
        public Server {
            requireNonNull(url, "url");
        }

        /** The URL without user and password, which may stand before the host. */
        public String maskedUrl() {
            return url.replaceAll("//[^/@,]*@", "//" + Secret.MASK + "@");
        }

        @Override
        public String toString() {
            return maskedUrl();
        }
    }
}
