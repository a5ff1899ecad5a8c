package io.kameleon.benchmarks.peer;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.MySqlServer;
import io.kameleon.benchmarks.server.MySqlServer.Flavour;
import io.kameleon.benchmarks.server.PostgresServer;
import io.kameleon.benchmarks.server.Servers;
import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * pgloader, as Debian packages it: it creates the tables, copies them and builds keys and indexes. Measured whole. It takes part where it
 * is installed; it cannot log in to MySQL 9, which has no password method that it knows.
 */
public final class PgloaderContender implements Contender {
    private static final String SETTINGS = "workers = 4, concurrency = 2, prefetch rows = 50000, batch rows = 25000";
    private static final String MEMORY = "maintenance_work_mem to '256MB', work_mem to '64MB'";

    private final Path program;

    private PgloaderContender(Path program) {
        this.program = program;
    }

    /** Empty when it is not on the path (Debian: {@code apt install pgloader}). */
    public static Optional<PgloaderContender> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "pgloader"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(PgloaderContender::new);
    }

    @Override
    public String name() {
        return "pgloader";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.COPY);
    }

    @Override
    public Map<String, String> configuration() {
        return Map.of("settings", SETTINGS + "; " + MEMORY, "program", program.toString());
    }

    @Override
    public Optional<String> obstacle(Servers servers) {
        return servers.mysql().flavour() == Flavour.MYSQL
                ? Optional.of("it cannot log in to MySQL 9 (caching_sha2_password); run it against MariaDB")
                : Optional.empty();
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        MySqlServer mysql = run.servers().mysql();
        Destination destination = PeerDatabase.create(run.servers().postgres(), run.id(), run.workload());
        Path commands = run.directory().resolve("commands.load");
        Files.createFile(commands, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(commands, commands(run, mysql, destination));
        Path log = run.directory().resolve("pgloader.log");
        List<String> command = List.of(
                program.toString(),
                "--no-ssl-cert-verification",
                "--root-dir",
                run.directory().toString(),
                commands.toString());
        try (ChildProcess pgloader = ChildProcess.start("pgloader", log, command)) {
            Activity activity =
                    run.meter().whole(pgloader.process(), run.workload().changes());
            pgloader.requireSuccess();
            return StageResult.of(activity, destination);
        }
    }

    /** In a file that only this user can read: it holds the passwords. */
    private static String commands(StageRun run, MySqlServer mysql, Destination destination) {
        PostgresServer postgres = run.servers().postgres();
        return """
                LOAD DATABASE
                  FROM %s
                  INTO %s
                WITH include drop, create tables, create indexes, reset sequences, no foreign keys, %s
                SET %s
                CAST type datetime to timestamp drop default drop not null using zero-dates-to-null,
                     type char to char keep typemod,
                     type varchar to varchar keep typemod;
                """.formatted(
                        address("mysql", mysql.user(), mysql.password(), mysql.host(), mysql.port())
                                + run.workload().schema(),
                        address("postgresql", postgres.user(), postgres.password(), postgres.host(), postgres.port())
                                + destination.database(),
                        SETTINGS,
                        MEMORY);
    }

    private static String address(String scheme, String user, String password, String host, int port) {
        return "%s://%s%s@%s:%d/"
                .formatted(scheme, encoded(user), password.isEmpty() ? "" : ":" + encoded(password), host, port);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void discard(StageRun run) throws Exception {
        PeerDatabase.drop(run.servers().postgres(), run.id());
    }
}
