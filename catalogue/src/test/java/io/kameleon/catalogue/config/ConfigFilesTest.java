package io.kameleon.catalogue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
    @TempDir
    Path directory;

    @Test
    void directoriesAndExampleAreForTheirOwnerAlone() throws IOException {
        var home = new KameleonHome(directory.resolve("home"));

        Path example = ConfigFiles.create(home);

        assertThat(example).isEqualTo(home.configFile("config-example")).hasContent(ConfigFiles.exampleText());
        assertThat(permissions(example)).isEqualTo("rw-------");
        for (Path made : home.directories()) {
            assertThat(permissions(made)).isEqualTo("rwx------");
        }
    }

    @Test
    void aSecondRunLeavesOtherFilesAlone() throws IOException {
        var home = new KameleonHome(directory);
        Files.writeString(ConfigFiles.create(home), "edited");
        Files.writeString(home.configFile("default"), "mine");

        Path example = ConfigFiles.create(home);

        assertThat(example).hasContent(ConfigFiles.exampleText());
        assertThat(home.configFile("default")).hasContent("mine");
    }

    @Test
    void namesAreFilesOfTheHomeAndPathsArePaths() {
        var environment = new ConfigEnvironment(
                name -> name.equals("KAMELEON_HOME") ? "/srv/kameleon" : null, Path.of("/home/me"));

        assertThat(ConfigLocation.resolve("default", environment))
                .isEqualTo(Path.of("/srv/kameleon/configuration/default.yml"));
        assertThat(ConfigLocation.resolve("~/x.yml", environment)).isEqualTo(Path.of("/home/me/x.yml"));
        assertThat(ConfigLocation.resolve("/etc/k/x", environment)).isEqualTo(Path.of("/etc/k/x"));
        assertThat(new ConfigEnvironment(name -> null, Path.of("/home/me")).home())
                .isEqualTo(new KameleonHome(Path.of("/home/me/.kameleon")));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
