package io.kameleon.catalogue.config;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** Makes the directories and the example file of {@code set_configuration_files}. */
public final class ConfigFiles {
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final String EXAMPLE = "config-example.yml";

    private ConfigFiles() {}

    /**
     * Creates what is missing of the home's directories and writes the example file, over an older one. Directories and file are
     * for their owner alone, since configuration files hold passwords. No other file is touched.
     *
     * @return the example file
     * @throws ReplicationException CONFIGURATION_INVALID when a directory or the file cannot be written
     */
    public static Path create(KameleonHome home) {
        try {
            for (Path directory : home.directories()) {
                Files.createDirectories(directory);
                protect(directory, OWNER_DIRECTORY);
            }
            Path example = home.configFile(KameleonHome.EXAMPLE_NAME);
            if (Files.notExists(example)) {
                Files.createFile(example);
            }
            protect(example, OWNER_FILE);
            Files.writeString(example, exampleText());
            return example;
        } catch (IOException e) {
            throw new ReplicationException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "The configuration directories cannot be made",
                    Map.of("home", home.directory()),
                    "Check that the directory can be written to, or set KAMELEON_HOME to another one.",
                    e);
        }
    }

    /** The example file: every key with a comment. */
    public static String exampleText() {
        try (InputStream resource = ConfigFiles.class.getResourceAsStream(EXAMPLE)) {
            if (resource == null) {
                throw new IllegalStateException("the resource " + EXAMPLE + " is missing");
            }
            return new String(resource.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + EXAMPLE + " cannot be read", e);
        }
    }

    private static void protect(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }
}
