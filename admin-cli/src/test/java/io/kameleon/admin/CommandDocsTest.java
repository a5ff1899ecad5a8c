package io.kameleon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/commands.md} is what the commands say of themselves. */
class CommandDocsTest {
    private static final String WRITE_PROPERTY = "kameleon.docs.write";
    private static final Path DOCUMENT = Documents.root().resolve("docs").resolve("commands.md");

    @Test
    void theDocumentOfTheCommandsIsTheirOwnHelp() throws IOException {
        String expected = CommandMarkdown.of(Kameleon.commandLine());
        if (Boolean.getBoolean(WRITE_PROPERTY)) {
            Files.writeString(DOCUMENT, expected, UTF_8);
        }
        assertThat(Files.readString(DOCUMENT, UTF_8))
                .as(
                        "docs/commands.md differs from the commands' help; write it anew with: mvn -q -pl admin-cli -am test"
                                + " -Dtest=CommandDocsTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE_PROPERTY
                                + "=true")
                .isEqualTo(expected);
    }
}
