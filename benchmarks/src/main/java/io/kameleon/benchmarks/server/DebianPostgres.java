package io.kameleon.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A PostgreSQL server from Debian's package, on a new directory; it runs as user {@code postgres} when this process is root's. */
final class DebianPostgres implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final long START_SECONDS_MAX = 180;

    private final PostgresServer address;
    private final ChildProcess server;

    private DebianPostgres(PostgresServer address, ChildProcess server) {
        this.address = address;
        this.server = server;
    }

    /** The programs' directory of the newest version installed. */
    static Optional<Path> programs() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getParent().getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param directory whose parents every user may pass */
    static DebianPostgres start(Path programs, Path directory, List<String> settings) throws Exception {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        String password = password();
        Path passwordFile = Files.writeString(directory.resolve("password"), password);
        own(directory);
        own(passwordFile);
        Path log = directory.getParent().resolve("postgres.log");
        Path data = directory.resolve("data");
        ChildProcess.start(
                        "initdb",
                        log,
                        asPostgres(List.of(
                                programs.resolve("initdb").toString(),
                                "--pgdata=" + data,
                                "--username=" + USER,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C")))
                .requireSuccess();
        int port = freePort();
        var command = new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
        for (String setting : settings(port, settings)) {
            command.addAll(List.of("-c", setting));
        }
        ChildProcess server = ChildProcess.start("postgres", log, asPostgres(command));
        var address = new PostgresServer("127.0.0.1", port, USER, password, psql(programs));
        awaitReady(address, server);
        return new DebianPostgres(address, server);
    }

    private static List<String> settings(int port, List<String> more) {
        var settings =
                new ArrayList<>(List.of("port=" + port, "listen_addresses=127.0.0.1", "unix_socket_directories="));
        settings.addAll(more);
        return settings;
    }

    private static Optional<Path> psql(Path programs) {
        return Stream.of(programs, Path.of("/usr/bin"))
                .filter(directory -> Files.isExecutable(directory.resolve("psql")))
                .findFirst();
    }

    private static void awaitReady(PostgresServer address, ChildProcess server) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (!answers(address)) {
            if (!server.handle().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL did not start:\n" + server.tail());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static boolean answers(PostgresServer address) {
        try (Connection connection = address.connect(USER)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false; // not yet
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asPostgres(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        var all = new ArrayList<>(List.of(
                "/usr/bin/setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--init-groups",
                // a change of user clears it
                "--pdeathsig",
                "KILL"));
        all.addAll(command);
        return all;
    }

    private static void own(Path path) throws IOException {
        if (isRoot()) {
            var users = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, users.lookupPrincipalByName(USER));
        }
    }

    private static String password() {
        var bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    PostgresServer address() {
        return address;
    }

    /** Fast shutdown: clients lose their connections. */
    @Override
    public void close() {
        server.interrupt();
    }
}
