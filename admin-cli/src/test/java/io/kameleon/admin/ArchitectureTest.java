package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each module must not know, read from the sources: imports and fully written names alike. */
class ArchitectureTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern NOTHING_SAID = Pattern.compile(".*\\.(utils?|commons?|helpers?|misc)(\\..*)?");

    @ParameterizedTest
    @CsvSource({
        "reader-service, org.postgresql",
        "reader-service, io.kameleon.replay",
        "reader-service, io.kameleon.admin",
        "replay-service, com.github.shyiko",
        "replay-service, org.mariadb",
        "replay-service, io.kameleon.reader",
        "replay-service, io.kameleon.admin",
        "catalogue, com.github.shyiko",
        "catalogue, org.mariadb",
        "catalogue, io.kameleon.reader",
        "catalogue, io.kameleon.replay",
        "catalogue, io.kameleon.admin",
        "schemas, com.github.shyiko",
        "schemas, org.mariadb",
        "schemas, org.postgresql",
        "schemas, io.kameleon.catalogue",
        "schemas, io.kameleon.reader",
        "schemas, io.kameleon.replay",
        "schemas, io.kameleon.admin",
    })
    void moduleDoesNotKnow(String module, String name) {
        Pattern use = Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
        assertThat(sources(ROOT.resolve(module))
                        .filter(file -> use.matcher(code(file)).find()))
                .as("%s must not use %s", module, name)
                .isEmpty();
    }

    @Test
    void everyPackageBelongsToItsModule() {
        var owners = List.of("schemas", "catalogue", "broker", "sandbox", "reader", "replay", "admin", "benchmarks");
        for (String owner : owners) {
            String module =
                    switch (owner) {
                        case "reader", "replay" -> owner + "-service";
                        case "admin" -> "admin-cli";
                        default -> owner;
                    };
            assertThat(sources(ROOT.resolve(module)).map(ArchitectureTest::packageOf))
                    .isNotEmpty()
                    .allMatch(name -> (name + ".").startsWith("io.kameleon." + owner + "."));
        }
    }

    @Test
    void everyPackageSaysWhatItIsAbout() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            assertThat(modules.flatMap(ArchitectureTest::sources).map(ArchitectureTest::packageOf))
                    .noneMatch(name -> NOTHING_SAID.matcher(name).matches());
        }
    }

    private static Stream<Path> sources(Path module) {
        Path root = module.resolve("src/main/java");
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packageOf(Path file) {
        var declared = PACKAGE.matcher(text(file));
        assertThat(declared.find()).as("%s declares a package", file).isTrue();
        return declared.group(1);
    }

    /** Without comments: a Javadoc may name a neighbour. */
    private static String code(Path file) {
        return text(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
