package io.kameleon.benchmarks.server;

import io.kameleon.benchmarks.server.MySqlServer.Flavour;
import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.sandbox.SandboxRegistry;
import io.kameleon.sandbox.TestMySql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Servers on this machine: the given MySQL, or the sandbox's MariaDB; Debian's PostgreSQL, or the sandbox's; a Kafka node. Data in one
 * directory.
 */
public final class LocalServers implements Servers {
    /** What a server with two cores and some memory would be given; the rest as PostgreSQL has it, fsync included. */
    private static final List<String> POSTGRES_SETTINGS =
            List.of("shared_buffers=512MB", "max_wal_size=8GB", "checkpoint_timeout=30min", "wal_compression=off");

    private static final List<String> KAFKA_OPTIONS = List.of("-Xmx1g", "-XX:+UseG1GC");
    private static final long KAFKA_SECONDS_MAX = 180;
    private static final long WARM_UP_RECORDS = 3_000_000;
    /** Small batches: it is for each of them that most of Kafka's code runs. */
    private static final List<String> WARM_UP_PRODUCER = List.of("acks=all", "compression.type=lz4", "linger.ms=5");

    private static final List<String> WARM_UP_TRANSACTIONS =
            List.of("--transactional-id", "warm-up", "--transaction-duration-ms", "50");

    private final Path directory;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final MySqlServer mysql;
    private final PostgresServer postgres;
    private final String bootstrapServers;
    private SandboxRegistry registry;

    private LocalServers(Path directory, Optional<String> mysqlUrl) throws Exception {
        this.directory = directory;
        try {
            mysql = mysqlUrl.isPresent() ? given(mysqlUrl.get()) : sandboxMariaDb();
            postgres = DebianPostgres.programs().isPresent()
                    ? debianPostgres(DebianPostgres.programs().get())
                    : sandboxPostgres();
            bootstrapServers = kafka();
            readVersions();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /**
     * Starts them; returns when all answer.
     *
     * @param directory new or empty; every user may pass it and its parents
     * @param mysqlUrl  {@code jdbc:mysql://host:port/?user=...&password=...} of a server where databases {@code bench_...} may be
     *                  dropped and created
     */
    public static LocalServers start(Path directory, Optional<String> mysqlUrl) throws Exception {
        return new LocalServers(directory.toAbsolutePath(), mysqlUrl);
    }

    private <T extends AutoCloseable> T opened(T server) {
        started.push(server);
        return server;
    }

    private static MySqlServer given(String url) throws SQLException {
        TestMySql address = TestMySql.of(url);
        var server = new MySqlServer(Flavour.MYSQL, address.host(), address.port(), address.user(), address.password());
        boolean mariaDb = version(server).contains("MariaDB");
        return mariaDb
                ? new MySqlServer(Flavour.MARIADB, server.host(), server.port(), server.user(), server.password())
                : server;
    }

    private MySqlServer sandboxMariaDb() {
        SandboxMariaDb server = opened(SandboxMariaDb.startIn(
                directory.resolve("mariadb"), "--innodb-buffer-pool-size=512M", "--max-allowed-packet=64M"));
        return new MySqlServer(Flavour.MARIADB, "127.0.0.1", server.port(), SandboxMariaDb.ROOT, server.rootPassword());
    }

    private PostgresServer debianPostgres(Path programs) throws Exception {
        return opened(DebianPostgres.start(programs, directory.resolve("postgres"), POSTGRES_SETTINGS))
                .address();
    }

    private PostgresServer sandboxPostgres() {
        SandboxPostgres server = opened(
                SandboxPostgres.startIn(directory.resolve("postgres"), POSTGRES_SETTINGS.toArray(String[]::new)));
        return new PostgresServer(
                "127.0.0.1",
                server.port(),
                SandboxPostgres.SUPERUSER,
                server.superuserPassword(),
                Optional.<Path>empty());
    }

    private String kafka() throws IOException {
        Path home = Files.createDirectories(directory.resolve("kafka"));
        ChildProcess node = opened(ChildProcess.java(
                "Kafka", directory.resolve("kafka.log"), KAFKA_OPTIONS, KafkaNode.class, List.of(home.toString())));
        Path address = home.resolve(KafkaNode.ADDRESS_FILE);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KAFKA_SECONDS_MAX);
        while (!Files.exists(address)) {
            if (!node.handle().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("Kafka did not start:\n" + node.tail());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return Files.readString(address);
    }

    /**
     * Writes to Kafka for some seconds, in transactions, so that its code is compiled as in a node that has run for days: else
     * whoever measures first pays for that.
     */
    public void warmUp() throws Exception {
        Path log = directory.resolve("warm-up.log");
        try (ProducerLoad load = ProducerLoad.start(
                bootstrapServers, "warm-up", WARM_UP_RECORDS, WARM_UP_PRODUCER, WARM_UP_TRANSACTIONS, log)) {
            load.process().requireSuccess();
        }
    }

    private void readVersions() throws SQLException {
        versions.put("source", (mysql.flavour() == Flavour.MYSQL ? "MySQL " : "") + version(mysql));
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version")) {
            row.next();
            versions.put("destination", "PostgreSQL " + row.getString(1));
        }
        versions.put("PostgreSQL settings", String.join(" ", POSTGRES_SETTINGS));
        versions.put(
                "Kafka",
                org.apache.kafka.common.utils.AppInfoParser.getVersion() + ", one node, "
                        + String.join(" ", KAFKA_OPTIONS));
        versions.put("Java", System.getProperty("java.vm.version"));
    }

    private static String version(MySqlServer server) throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public MySqlServer mysql() {
        return mysql;
    }

    @Override
    public PostgresServer postgres() {
        return postgres;
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public synchronized String registryUrl() {
        if (registry == null) {
            registry = opened(SandboxRegistry.startIn(directory.resolve("registry")));
        }
        return registry.url();
    }

    @Override
    public Map<String, String> versions() {
        return new LinkedHashMap<>(versions);
    }

    @Override
    public Map<String, ProcessHandle> processes() {
        var found = new LinkedHashMap<String, ProcessHandle>();
        int kafkaPort = Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
        ListeningProcess.on(mysql.port()).ifPresent(process -> found.put("source", process));
        ListeningProcess.on(kafkaPort).ifPresent(process -> found.put("Kafka", process));
        ListeningProcess.on(postgres.port()).ifPresent(process -> found.put("PostgreSQL", process));
        return found;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.getLogger(LocalServers.class.getName())
                        .log(System.Logger.Level.WARNING, "a server did not stop", e);
            }
        }
    }
}
