package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What a configuration file may refer to outside itself.
 *
 * @param variable value of an environment variable, null when it is not set
 * @param userHome what {@code ~} stands for
 */
public record ConfigEnvironment(UnaryOperator<String> variable, Path userHome) {
    public ConfigEnvironment {
        requireNonNull(variable, "variable");
        requireNonNull(userHome, "userHome");
    }

    /** The environment of this process. */
    public static ConfigEnvironment ofProcess() {
        return new ConfigEnvironment(System::getenv, Path.of(System.getProperty("user.home")));
    }

    /** {@code $KAMELEON_HOME}, or {@code ~/.kameleon} when it is not set or empty. */
    public KameleonHome home() {
        String home = variable.apply("KAMELEON_HOME");
        return new KameleonHome(
                home == null || home.isEmpty()
                        ? userHome.resolve(".kameleon")
                        : path(home).toAbsolutePath());
    }

    /** A path with a leading {@code ~} replaced; relative ones stay relative. */
    public Path path(String text) {
        if (text.equals("~")) {
            return userHome;
        }
        return text.startsWith("~/") ? userHome.resolve(text.substring(2)) : Path.of(text);
    }
}
