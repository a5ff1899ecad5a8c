package io.kameleon.admin.demo;

import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.sandbox.SandboxRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/** The servers of a demo, each with its data in a folder of the demo's directory. */
final class DemoServers implements AutoCloseable {
    static final String SOURCE = "shop";
    static final String DESTINATION = "shop_replica";

    private final Path directory;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private SandboxMariaDb mariaDb;
    private SandboxPostgres postgres;
    private SandboxRegistry registry;

    DemoServers(Path directory) {
        this.directory = directory;
    }

    void start() {
        mariaDb = SandboxMariaDb.startIn(directory.resolve("mariadb"));
        started.push(mariaDb);
        postgres = SandboxPostgres.startIn(directory.resolve("postgres"));
        started.push(postgres);
        registry = SandboxRegistry.startIn(directory.resolve("registry"));
        started.push(registry);
    }

    SandboxMariaDb mariaDb() {
        return mariaDb;
    }

    SandboxPostgres postgres() {
        return postgres;
    }

    /** A configuration for these servers, readable for its owner alone: it holds passwords. */
    Path writeConfiguration() throws IOException {
        Path file = directory.resolve("demo.yml");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                pid_dir: %1$s/pid
                log_dir: %1$s/logs
                pg_conn:
                  host: 127.0.0.1
                  port: %2$d
                  user: %3$s
                  password: "%4$s"
                  database: %5$s
                kafka:
                  bootstrap_servers: embedded
                  directory: %1$s/kafka
                schema_registry:
                  url: %6$s
                sources:
                  %7$s:
                    type: mariadb
                    db_conn:
                      host: 127.0.0.1
                      port: %8$d
                      user: %9$s
                      password: "%10$s"
                    schema_mappings:
                      shop: %11$s
                """.formatted(
                        directory,
                        postgres.port(),
                        SandboxPostgres.REPLICA_USER,
                        postgres.replicaPassword(),
                        SandboxPostgres.REPLICA_DATABASE,
                        registry.url(),
                        SOURCE,
                        mariaDb.port(),
                        SandboxMariaDb.REPLICA_USER,
                        mariaDb.replicaPassword(),
                        DESTINATION));
        return file;
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
