package io.kameleon.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "\"string\"", "{\"doc\":\"größe 日本 😀 \\u0000\"}"})
    void textComesBackAsItWas(String text) {
        assertThat(SchemaText.of(text).inflated()).isEqualTo(text);
    }

    /** A table of thousands of columns has a schema of megabytes. */
    @Test
    void longTextComesBackWhole() {
        var text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.append("{\"name\":\"column ").append(i * 7919L % 200_003).append("\"},");
        }
        assertThat(SchemaText.of(text.toString()).inflated()).isEqualTo(text.toString());
    }

    @Test
    void digestTellsTextsApart() {
        assertThat(SchemaText.of("\"int\"").digest()).isEqualTo(TextDigest.of("\"int\""));
        assertThat(SchemaText.of("\"int\"").digest()).isNotEqualTo(TextDigest.of("\"long\""));
    }
}
