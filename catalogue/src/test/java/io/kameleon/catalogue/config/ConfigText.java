package io.kameleon.catalogue.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A configuration file in a directory of the test's, with variables of the test's. */
final class ConfigText {
    static final String DESTINATION = "pg_conn: {user: u, password: pg-pw, database: d}\n";
    static final String SOURCE =
            "sources:\n  shop:\n    db_conn: {user: m, password: my-pw}\n    schema_mappings: {shop: shop_copy}\n";

    private final Path directory;
    private final Map<String, String> variables = new HashMap<>();

    ConfigText(Path directory) {
        this.directory = directory;
    }

    ConfigText with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    ConfigEnvironment environment() {
        return new ConfigEnvironment(variables::get, directory.resolve("user"));
    }

    KameleonConfig load(String text) {
        return ConfigLoader.load(write(text), environment());
    }

    ConfigException fail(String text) {
        Path file = write(text);
        return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, environment()));
    }

    private Path write(String text) {
        try {
            return Files.writeString(directory.resolve("test.yml"), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
