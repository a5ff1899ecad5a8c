package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.admin.runtime.JvmOptions;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmOptionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"kameleon", "deploy/container/kameleon"})
    void scriptsStartJavaWithThem(String script) throws IOException {
        assertThat(Files.readString(Documents.root().resolve(script))).contains(JvmOptions.LONG_RUNNING);
    }
}
