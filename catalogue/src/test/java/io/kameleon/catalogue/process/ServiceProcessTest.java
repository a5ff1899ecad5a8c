package io.kameleon.catalogue.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.catalogue.store.Lease.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    private static final String EMBEDDED = """
            pg_conn: {host: localhost, port: 1, user: u, password: p, database: d}
            kafka: {bootstrap_servers: embedded}
            sources:
              shop:
                type: mysql
                db_conn: {host: localhost, port: 1, user: u, password: p}
                schema_mappings: {shop: shop}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void takesConfigAndSources() {
        var options = ServiceOptions.parse(List.of("--source", "a", "-c", "x.yml", "--source=b", "-s", "a"));
        assertThat(options.config()).isEqualTo("x.yml");
        assertThat(options.sources()).containsExactly("a", "b");
    }

    @Test
    void withoutOptionsMeansTheDefaultConfigurationAndEverySource() {
        var options = ServiceOptions.parse(List.of());
        assertThat(options.config()).isEqualTo("default");
        assertThat(options.sources()).isEmpty();
    }

    @Test
    void refusesAnOptionWithoutValue() {
        assertThatThrownBy(() -> ServiceOptions.parse(List.of("--config"))).hasMessageContaining("needs a value");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("--sorce", "shop")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option: '--sorce'");
    }

    @Test
    void helpIsZero() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--config NAME|PATH").contains("--source NAME");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void refusesAnEmbeddedKafkaAndAnUnknownSource(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("embedded.yml");
        Files.writeString(file, EMBEDDED, UTF_8);
        assertThat(run("--config", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("need a Kafka that both reach").contains("run_replica");
        assertThat(run("--config", file.toString(), "--source", "other")).isEqualTo(1);
        assertThat(err.toString()).contains("The configuration has no source 'other'");
    }

    private int run(String... arguments) {
        Worker.Factory none = (config, source, filter, transport) -> {
            throw new AssertionError("no work was asked for");
        };
        return new ServiceProcess(
                        ServiceProcessTest.class, Role.READER, none, new PrintWriter(out), new PrintWriter(err))
                .run(arguments);
    }
}
