package io.kameleon.benchmarks.kameleon;

import io.kameleon.benchmarks.server.MySqlServer;
import io.kameleon.benchmarks.server.PostgresServer;
import io.kameleon.benchmarks.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/** Kameleon's configuration file of a run. */
final class KameleonConfigFile {
    static final String SOURCE = "bench";

    private KameleonConfigFile() {}

    /** Where the topics are. */
    enum Broker {
        /** The benchmark's Kafka node. */
        CLUSTER,
        /** In Kameleon's own process; its data lies in the run's directory. */
        EMBEDDED
    }

    /**
     * Writes it, for its owner only.
     *
     * @param prefix of the topics; two runs on one cluster need two
     */
    static Path write(
            Path directory,
            Servers servers,
            Broker broker,
            String prefix,
            String database,
            String schema,
            List<String> sourceKeys)
            throws IOException {
        MySqlServer mysql = servers.mysql();
        PostgresServer postgres = servers.postgres();
        String brokers = broker == Broker.CLUSTER ? servers.bootstrapServers() : "embedded";
        String text = """
                pid_dir: "%1$s/pid"
                log_dir: "%1$s"
                pg_conn: {host: %2$s, port: %3$d, user: "%4$s", password: "%5$s", database: %6$s}
                kafka: {bootstrap_servers: "%7$s", topic_prefix: %8$s, directory: "%1$s/kafka"}
                sources:
                  %9$s:
                    type: %10$s
                    db_conn: {host: %11$s, port: %12$d, user: "%13$s", password: "%14$s"}
                    schema_mappings: {%15$s: %15$s}
                %16$s
                """.formatted(
                        directory,
                        postgres.host(),
                        postgres.port(),
                        postgres.user(),
                        postgres.password(),
                        database,
                        brokers,
                        prefix,
                        SOURCE,
                        mysql.flavour() == MySqlServer.Flavour.MYSQL ? "mysql" : "mariadb",
                        mysql.host(),
                        mysql.port(),
                        mysql.user(),
                        mysql.password(),
                        schema,
                        sourceKeys.stream().map(key -> "    " + key).collect(Collectors.joining("\n")));
        Path file = directory.resolve("kameleon.yml");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }
}
