package io.kameleon.catalogue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents say what the code does. */
class ConfigDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");

    @TempDir
    Path directory;

    @Test
    void theDocumentHasTheTablesOfTheReference() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains(ConfigMarkdown.markdown());
    }

    @Test
    void theExampleFileLoadsWithoutANote() {
        KameleonConfig config = new ConfigText(directory)
                .with("KAMELEON_PG_PASSWORD", "a")
                .with("KAMELEON_MYSQL_PASSWORD", "b")
                .load(ConfigFiles.exampleText());

        assertThat(config.notes()).isEmpty();
    }

    @Test
    void theExampleFileNamesEveryKeyThatHasAnEffect() {
        Set<String> withoutEffect = Set.of("rollbar_key", "rollbar_env", "charset", "copy_mode", "out_dir");

        for (String path : ConfigReference.paths()) {
            String name = path.substring(path.lastIndexOf('.') + 1);
            if (!name.equals("*") && !withoutEffect.contains(name)) {
                assertThat(ConfigFiles.exampleText()).contains(name + ":");
            }
        }
    }
}
