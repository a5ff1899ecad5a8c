package io.kameleon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.row.ColumnShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    @Test
    void linksBetweenDocumentsResolve() throws IOException {
        var broken = new ArrayList<String>();
        for (Path document : Documents.all()) {
            for (String target : Documents.links(document)) {
                if (!Documents.resolves(document, target)) {
                    broken.add(Documents.root().relativize(document) + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyErrorCodeIsExplainedWithItsHandling() throws IOException {
        String text = document("operating.md");
        assertThat(Stream.of(ErrorCode.values())
                        .map(code -> "| `" + code + "` | " + words(code.handling()) + " |")
                        .filter(row -> !text.contains(row)))
                .isEmpty();
    }

    private static String words(ErrorCode.Handling handling) {
        return switch (handling) {
            case DISCARD_ROW -> "row kept aside";
            case DISABLE_TABLE -> "table disabled";
            case RETRY -> "tried again";
            case STOP -> "stops";
        };
    }

    @Test
    void everyShapeOfAValueIsInTheContract() throws IOException {
        String text = document("topics.md");
        assertThat(Stream.of(ColumnShape.values())
                        .map(shape -> "| `" + shape + "` |")
                        .filter(row -> !text.contains(row)))
                .isEmpty();
    }

    private static String document(String name) throws IOException {
        return Files.readString(Documents.root().resolve("docs").resolve(name), UTF_8);
    }
}
