package io.kameleon.catalogue.config;

import java.nio.file.Path;

/** Finds the file that {@code --config NAME|PATH} means. */
public final class ConfigLocation {
    public static final String NAME_DEFAULT = "default";

    private ConfigLocation() {}

    /**
     * A text with a directory separator or the ending {@code .yml} or {@code .yaml} is a path; anything else is the name of
     * {@code <home>/configuration/<name>.yml}. The file need not exist.
     */
    public static Path resolve(String nameOrPath, ConfigEnvironment environment) {
        return isPath(nameOrPath)
                ? environment.path(nameOrPath).toAbsolutePath().normalize()
                : environment.home().configFile(nameOrPath);
    }

    private static boolean isPath(String text) {
        return text.contains("/") || text.endsWith(".yml") || text.endsWith(".yaml");
    }
}
