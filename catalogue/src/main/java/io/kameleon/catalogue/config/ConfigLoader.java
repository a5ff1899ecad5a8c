package io.kameleon.catalogue.config;

import java.nio.file.Path;

/** Reads and checks a configuration file. */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * Reads a file.
     *
     * @throws ConfigException with every fault of the file
     */
    public static KameleonConfig load(Path file) {
        throw new UnsupportedOperationException(file.toString());
    }
}
