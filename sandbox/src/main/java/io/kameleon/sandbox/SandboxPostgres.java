package io.kameleon.sandbox;

import io.kameleon.sandbox.ServerProcess.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL 18 that serves as a destination: UTF-8, locale C, UTC, passwords over TCP only.
 *
 * <p>There are a superuser {@code postgres} and an ordinary user {@code kameleon}, who owns the database
 * {@code kameleon}; their passwords are generated and stay the same in one directory. {@code fsync} is off: the data
 * survives {@link #kill()}, not a power failure.
 */
public final class SandboxPostgres implements SandboxServer {
    public static final String SUPERUSER = "postgres";
    public static final String REPLICA_USER = "kameleon";
    public static final String REPLICA_DATABASE = "kameleon";

    private static final Duration INSTALL_TIME = Duration.ofMinutes(2);

    private final ServerFiles files;
    private final Path programs;
    private final int port;
    private final List<String> options;
    private final ManagedServer server = new ManagedServer("INT", this::answers);

    private SandboxPostgres(ServerFiles files, Path programs, List<String> options) {
        this.files = files;
        this.programs = programs;
        this.port = files.port();
        this.options = options;
    }

    /**
     * Starts a server on a directory, which is set up when it is new; returns when the server answers, at most two
     * minutes later.
     *
     * @param settings further settings as {@code name=value}, which win over the defaults
     */
    public static SandboxPostgres startIn(Path directory, String... settings) {
        Path programs = ServerBinaries.ofTarXz("postgresql-18.4", "postgres-linux-x86_64.txz");
        var postgres = new SandboxPostgres(new ServerFiles(directory), programs, List.of(settings));
        postgres.install();
        postgres.restart();
        postgres.createReplicaUser();
        return postgres;
    }

    @Override
    public int port() {
        return port;
    }

    public String superuserPassword() {
        return files.password(SUPERUSER);
    }

    public String replicaPassword() {
        return files.password(REPLICA_USER);
    }

    /** For {@link DriverManager}, as superuser. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
                .formatted(port, database, SUPERUSER, superuserPassword());
    }

    /** A new connection as superuser. */
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
        server.restart(launch("postgres", serverArguments()));
    }

    private boolean answers() throws SQLException {
        try (Connection connection = connect(SUPERUSER)) {
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
            Account.NOT_ROOT.own(files.data());
            Path password = files.privateFile("install.password", superuserPassword());
            ServerProcess.run(launch("initdb", installArguments(password)), ProcessBuilder.Redirect.PIPE, INSTALL_TIME);
            Files.delete(password);
            Files.createFile(done);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> installArguments(Path password) {
        return List.of(
                "--pgdata=" + files.data(),
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
    }

    private List<String> serverArguments() {
        var settings = new ArrayList<>(List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "timezone=UTC",
                "log_timezone=UTC",
                "shared_buffers=128MB",
                "fsync=off",
                "full_page_writes=off"));
        settings.addAll(options);
        var arguments = new ArrayList<String>(List.of("-D", files.data().toString()));
        for (String setting : settings) {
            arguments.add("-c");
            arguments.add(setting);
        }
        return arguments;
    }

    private void createReplicaUser() {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            try (ResultSet known =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + REPLICA_DATABASE + "'")) {
                if (known.next()) {
                    return;
                }
            }
            statement.execute(
                    "DO $$ BEGIN CREATE ROLE %s LOGIN PASSWORD '%s'; ".formatted(REPLICA_USER, replicaPassword())
                            + "EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            statement.execute("CREATE DATABASE " + REPLICA_DATABASE + " OWNER " + REPLICA_USER);
        } catch (SQLException e) {
            throw new SandboxException("PostgreSQL does not create the replica's user: " + e.getMessage(), e);
        }
    }

    private Launch launch(String program, List<String> arguments) {
        var command =
                new ArrayList<>(List.of(programs.resolve("bin").resolve(program).toString()));
        command.addAll(arguments);
        return new Launch("PostgreSQL", command, files.directory(), files.log(), Account.NOT_ROOT);
    }
}
