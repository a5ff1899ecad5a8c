package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SampleShop;
import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.sandbox.ShopLoad;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A source, a PostgreSQL and a configuration between them, with the commands run as an operator runs them. Sizes come from
 * system properties, so that one set of tests serves every build and the big run.
 */
final class ReplicaRig implements AutoCloseable {
    static final String SOURCE = "shop";
    static final String DESTINATION = "shop_replica";
    /** About how many rows the sample shop has. */
    static final int ROWS = Integer.getInteger("kameleon.it.rows", 20_000);
    /** How long the load goes on. */
    static final Duration LOAD_TIME = Duration.ofSeconds(Integer.getInteger("kameleon.it.load.seconds", 8));

    /** Holds the addresses of Kafka; absent or empty means that the replica has its own. */
    static final String KAFKA_PROPERTY = "kameleon.it.kafka";

    private static final long SEED = 7;
    private static final int WAIT_SECONDS = Integer.getInteger("kameleon.it.wait.seconds", 120);

    private final Path directory;
    private final RigSource source;
    private final RigPostgres postgres;
    private final Path config;
    private final List<ReplicaProcess> processes = new ArrayList<>();

    private ReplicaRig(Path directory, RigSource source, RigPostgres postgres) throws IOException {
        this.directory = directory;
        this.source = source;
        this.postgres = postgres;
        this.config = directory.resolve("replica.yml");
        configure("");
    }

    /** @param directory of the test; servers keep their data in it */
    static ReplicaRig start(SourceKind kind, Path directory) throws IOException, SQLException {
        ContainerServers.provide();
        RigSource source = RigSource.start(kind, directory);
        return new ReplicaRig(directory, source, RigPostgres.start(directory.resolve("postgres")));
    }

    RigSource source() {
        return source;
    }

    RigPostgres postgres() {
        return postgres;
    }

    Path config() {
        return config;
    }

    /** Writes the configuration anew. @param sourceKeys further keys of the source, one line each, not indented */
    void configure(String sourceKeys) throws IOException {
        Files.writeString(config, configuration() + sourceKeys.indent(4));
    }

    /** A configuration that works, ending inside the source's keys. */
    String configuration() {
        return """
                pid_dir: %1$s/pid
                log_dir: %1$s/logs
                pg_conn:
                  host: %15$s
                  port: %2$d
                  user: %3$s
                  password: "%4$s"
                  database: %5$s
                kafka:
                %16$s
                sources:
                  %6$s:
                    type: %7$s
                    my_server_id: %8$d
                    db_conn:
                      host: %9$s
                      port: %10$d
                      user: %11$s
                      password: "%12$s"
                    schema_mappings:
                      %13$s: %14$s
                """.formatted(
                        directory,
                        postgres.port(),
                        SandboxPostgres.REPLICA_USER,
                        postgres.replicaPassword(),
                        SandboxPostgres.REPLICA_DATABASE,
                        SOURCE,
                        source.type(),
                        1_000_000 + ProcessHandle.current().pid(),
                        source.host(),
                        source.port(),
                        source.user(),
                        source.password(),
                        source.schema(),
                        DESTINATION,
                        postgres.host(),
                        kafka().indent(2).stripTrailing());
    }

    /** The broker inside the process, or the one that the test run was given, with topics of the test's own. */
    private String kafka() {
        String given = System.getProperty(KAFKA_PROPERTY, "");
        return given.isBlank()
                ? "bootstrap_servers: embedded\ndirectory: " + directory + "/kafka"
                : "bootstrap_servers: \"" + given + "\"\ntopic_prefix: " + directory.getFileName();
    }

    /** Runs a command on the rig's configuration, in this process. */
    CommandResult kameleon(String... words) {
        var arguments = Arrays.copyOf(words, words.length + 2);
        arguments[words.length] = "--config";
        arguments[words.length + 1] = config.toString();
        return kameleonAsGiven(arguments);
    }

    /** Runs a command without naming a configuration. */
    static CommandResult kameleonAsGiven(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Kameleon.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
        return new CommandResult(code, out.toString(), err.toString().stripTrailing());
    }

    /** Runs a command for the source, which has to succeed; the answer is its standard output. */
    String succeeds(String... words) {
        var arguments = Arrays.copyOf(words, words.length + 2);
        arguments[words.length] = "--source";
        arguments[words.length + 1] = SOURCE;
        CommandResult result = kameleon(arguments);
        assertThat(result.code())
                .as("%s printed:%n%s%n%s%nreplica:%n%s", String.join(" ", words), result.out(), result.err(), log())
                .isZero();
        return result.out();
    }

    void createShop(int rows) throws SQLException {
        try (Connection connection = source.connect("")) {
            SampleShop.create(connection, source.schema(), rows, SEED);
        }
    }

    void createSchema() throws SQLException {
        try (Connection connection = source.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + source.schema() + " CHARACTER SET utf8mb4");
        }
    }

    /** @param transactionsPerSecond 0 is as fast as the server takes them */
    ShopLoad load(int transactionsPerSecond) {
        return ShopLoad.start(
                new ShopLoad.Settings(source.jdbcUrl().apply(source.schema()), 2, transactionsPerSecond, SEED));
    }

    /** Catalogue and source, not yet copied. */
    void register() {
        CommandResult created = kameleon("create_replica_schema");
        assertThat(created.code()).as(created.err()).isZero();
        succeeds("add_source");
    }

    ReplicaProcess runReplica() throws IOException {
        return begin("run_replica");
    }

    /** Starts a command in a process of its own; it is killed when the rig closes. */
    ReplicaProcess begin(String command) throws IOException {
        ReplicaProcess process = ReplicaProcess.start(command, config, directory.resolve("replica.log"));
        processes.add(process);
        return process;
    }

    /** Waits for what is committed on the source by now. The replica may still be starting. */
    void awaitReplica() {
        Await.until("the replica runs", Duration.ofSeconds(60), () -> isRunning() || !hasLivingProcess());
        succeeds("wait_replica", "--timeout", String.valueOf(WAIT_SECONDS));
    }

    /** Waits until every table is in place that was to be copied again beside the stream. */
    void awaitNothingToCopy() {
        Await.until("nothing is to be copied again", Duration.ofSeconds(WAIT_SECONDS), () -> destinationValue(
                        "SELECT count(*) FROM sch_kameleon.resync WHERE phase <> 'done'")
                .equals("0"));
    }

    private boolean hasLivingProcess() {
        return processes.stream().anyMatch(ReplicaProcess::isAlive);
    }

    private boolean isRunning() {
        return kameleon("show_status", "--source", SOURCE, "--format", "json")
                .out()
                .contains("\"running\"");
    }

    /** Both the product's own comparison and one that shares no code with it find no difference in any table. */
    void assertSidesAreEqual() throws SQLException {
        succeeds("compare");
        try (Connection origin = source.connect(source.schema());
                Connection copy = postgres.connect(SandboxPostgres.REPLICA_DATABASE)) {
            new RowOracle(origin, source.schema(), copy, DESTINATION).assertEqual();
        }
    }

    void onSource(String... statements) throws SQLException {
        try (Connection connection = source.connect(source.schema());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void onDestination(String... statements) throws SQLException {
        try (Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row in PostgreSQL, as text. */
    String destinationValue(String sql) throws SQLException {
        try (Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private String log() {
        return processes.isEmpty() ? "(not run)" : processes.get(0).log();
    }

    @Override
    public void close() throws Exception {
        for (ReplicaProcess process : processes) {
            process.close();
        }
        kameleon("stop_replica", "--source", SOURCE);
        postgres.close();
        source.close();
    }
}
