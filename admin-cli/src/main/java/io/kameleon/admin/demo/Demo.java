package io.kameleon.admin.demo;

import io.kameleon.admin.Kameleon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.SourceStatus;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.sandbox.SampleShop;
import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.ShopLoad;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A whole replica from nothing, with the commands that an operator would type. Used once. */
public final class Demo implements AutoCloseable {
    private static final Duration STATUS_EVERY = Duration.ofSeconds(2);
    private static final int TRANSACTIONS_PER_SECOND = 300;
    private static final long SEED = 1;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean keep;
    private final Path directory;
    private final DemoServers servers;
    private String config;
    private boolean replicaStarted;

    /** @param keep leave servers and directory at the end, until the process is told to stop */
    public Demo(PrintWriter out, PrintWriter err, boolean keep) throws IOException {
        this.out = out;
        this.err = err;
        this.keep = keep;
        this.directory = Files.createTempDirectory("kameleon-demo-");
        this.servers = new DemoServers(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopReplica, "demo-end"));
    }

    /** @return 0 when both sides are equal at the end */
    public int run(int rows, Duration load) throws Exception {
        long start = System.nanoTime();
        say("Starting MariaDB, PostgreSQL and a schema registry in " + directory);
        servers.start();
        config = servers.writeConfiguration().toString();
        say("Making the sample shop: eight tables, about " + String.format(Locale.ROOT, "%,d", rows) + " rows");
        try (Connection connection = servers.mariaDb().connect("")) {
            SampleShop.create(connection, SampleShop.SCHEMA, rows, SEED);
        }
        command("create_replica_schema");
        command("add_source", "--source", DemoServers.SOURCE);
        command("init_replica", "--source", DemoServers.SOURCE);
        command("start_replica", "--source", DemoServers.SOURCE);
        replicaStarted = true;
        load(load);
        command("wait_replica", "--source", DemoServers.SOURCE, "--timeout", "120");
        command("show_status", "--source", DemoServers.SOURCE);
        int different = execute("compare", "--source", DemoServers.SOURCE);
        say(
                different == 0
                        ? String.format(
                                Locale.ROOT,
                                "Both sides are equal. All of it took %.0f s.",
                                (System.nanoTime() - start) / 1e9)
                        : "The sides differ; the list is above.");
        if (keep) {
            stay();
        }
        return different;
    }

    /** Changes rows and, in the middle of it, a table, and shows how the replica follows. */
    private void load(Duration duration) throws Exception {
        say("Changing rows for " + duration.toSeconds() + " s: inserts, updates, deletes, transfers, key changes");
        var installation = Installation.load(config);
        long end = System.nanoTime() + duration.toNanos();
        boolean altered = false;
        try (ShopLoad load = ShopLoad.start(new ShopLoad.Settings(
                servers.mariaDb().jdbcUrl(SampleShop.SCHEMA), 2, TRANSACTIONS_PER_SECOND, SEED))) {
            while (System.nanoTime() < end) {
                load.runFor(min(STATUS_EVERY, Duration.ofNanos(Math.max(1, end - System.nanoTime()))));
                showStatus(installation, load);
                if (!altered) {
                    alter();
                    altered = true;
                }
            }
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void alter() throws Exception {
        String statement =
                "ALTER TABLE reviews ADD COLUMN helpful INT UNSIGNED NOT NULL DEFAULT 0, ADD INDEX (helpful)";
        say("On the source: " + statement);
        try (Connection connection = servers.mariaDb().connect(SampleShop.SCHEMA);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private void showStatus(Installation installation, ShopLoad load) {
        SourceStatus status = SourceStatus.of(installation, DemoServers.SOURCE, Clock.systemUTC());
        out.printf(
                Locale.ROOT,
                "  %s  source %,d transactions  replica %,d rows, %s s behind, %s records waiting%n",
                status.status(),
                load.transactions(),
                status.replay().map(ReplayPosition::rows).orElse(0L),
                status.replayLagSeconds()
                        .map(s -> String.format(Locale.ROOT, "%.1f", s))
                        .orElse("-"),
                status.consumerLagRecords().map(String::valueOf).orElse("-"));
        out.flush();
    }

    private void command(String... words) {
        int code = execute(words);
        if (code != 0) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "The demo stops: 'kameleon " + words[0] + "' ended with " + code,
                    Map.of("directory", directory),
                    "Its reason is above.");
        }
    }

    private int execute(String... words) {
        var arguments = Arrays.copyOf(words, words.length + 2);
        arguments[words.length] = "--config";
        arguments[words.length + 1] = config;
        say("$ kameleon " + String.join(" ", words));
        return Kameleon.commandLine().setOut(out).setErr(err).execute(arguments);
    }

    private void stay() throws InterruptedException {
        say("The servers keep running until Ctrl-C. Look around with:");
        out.println("  ./kameleon show_status --config " + config);
        out.println(
                "  psql -h 127.0.0.1 -p " + servers.postgres().port() + " kameleon   (user and password in the file)");
        out.println(
                "  mariadb -h 127.0.0.1 -P " + servers.mariaDb().port() + " -u " + SandboxMariaDb.REPLICA_USER + " -p");
        out.flush();
        Thread.currentThread().join();
    }

    private void say(String line) {
        out.println();
        out.println("== " + line);
        out.flush();
    }

    private synchronized void stopReplica() {
        if (replicaStarted) {
            replicaStarted = false;
            Kameleon.commandLine()
                    .setOut(out)
                    .setErr(err)
                    .execute("stop_replica", "--source", DemoServers.SOURCE, "--config", config);
        }
    }

    @Override
    public void close() throws Exception {
        stopReplica();
        servers.close();
        if (!keep) {
            deleteDirectory();
        }
    }

    private void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
