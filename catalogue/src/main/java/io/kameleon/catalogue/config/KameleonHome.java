package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * The directory of one user's installation.
 *
 * @param directory need not exist yet
 */
public record KameleonHome(Path directory) {
    public static final String EXAMPLE_NAME = "config-example";

    public KameleonHome {
        requireNonNull(directory, "directory");
    }

    public Path configuration() {
        return directory.resolve("configuration");
    }

    public Path pid() {
        return directory.resolve("pid");
    }

    public Path logs() {
        return directory.resolve("logs");
    }

    /** Data of the embedded broker of one configuration. */
    public Path kafka(String configName) {
        return directory.resolve("kafka").resolve(configName);
    }

    public Path configFile(String name) {
        return configuration().resolve(name + ".yml");
    }

    List<Path> directories() {
        return List.of(directory, configuration(), pid(), logs());
    }
}
