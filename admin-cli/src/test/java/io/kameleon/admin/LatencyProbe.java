package io.kameleon.admin;

import io.kameleon.sandbox.SandboxPostgres;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the time from a commit on the source until PostgreSQL shows its row, at a steady rate of small transactions. Not a test:
 * the answer depends on what else the machine does. Arguments: transactions per second (100), seconds (20).
 */
final class LatencyProbe {
    private static final int WARM_UP_SECONDS = 10;

    private final int perSecond;
    private final int transactions;
    /** Nanoseconds of the commit of each row; 0 before it. */
    private final AtomicLongArray committed;

    private LatencyProbe(int perSecond, int seconds) {
        this.perSecond = perSecond;
        this.transactions = perSecond * (WARM_UP_SECONDS + seconds);
        this.committed = new AtomicLongArray(transactions);
    }

    public static void main(String[] arguments) throws Exception {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        for (SourceKind kind : SourceKind.available().toList()) {
            long[] micros = new LatencyProbe(perSecond, seconds).measure(kind);
            Arrays.sort(micros);
            out.printf(
                    Locale.ROOT,
                    "%s, %d transactions per second: median %.1f ms, p95 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                    kind,
                    perSecond,
                    micros[micros.length / 2] / 1e3,
                    micros[micros.length * 95 / 100] / 1e3,
                    micros[micros.length * 99 / 100] / 1e3,
                    micros[micros.length - 1] / 1e3);
        }
    }

    /** Microseconds of each transaction after the warm-up. */
    private long[] measure(SourceKind kind) throws Exception {
        Path directory = Files.createTempDirectory("latency");
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            rig.onSource("CREATE TABLE pulse (id INT PRIMARY KEY, name VARCHAR(40))");
            rig.register();
            rig.succeeds("init_replica");
            rig.runReplica();
            rig.awaitReplica();
            var writer = new Thread(() -> write(rig), "writer");
            writer.start();
            long[] micros = observe(rig.postgres());
            writer.join();
            return micros;
        }
    }

    private void write(ReplicaRig rig) {
        try (Connection connection = rig.source().connect(rig.source().schema());
                PreparedStatement row = connection.prepareStatement("INSERT INTO pulse VALUES (?, 'some small row')")) {
            long next = System.nanoTime();
            for (int id = 0; id < transactions; id++) {
                LockSupport.parkNanos(next - System.nanoTime());
                row.setInt(1, id);
                row.executeUpdate();
                committed.set(id, System.nanoTime());
                next += TimeUnit.SECONDS.toNanos(1) / perSecond;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long[] observe(RigPostgres postgres) throws SQLException {
        int first = perSecond * WARM_UP_SECONDS;
        var micros = new long[transactions - first];
        int seen = 0;
        try (Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE);
                PreparedStatement query = connection.prepareStatement(
                        "SELECT coalesce(max(id), -1) + 1 FROM " + ReplicaRig.DESTINATION + ".pulse")) {
            while (seen < transactions) {
                int visible = count(query);
                long now = System.nanoTime();
                for (; seen < visible; seen++) {
                    if (seen >= first) {
                        // A row may show before the writer has got its answer.
                        long at = committed.get(seen);
                        micros[seen - first] = at == 0 ? 0 : Math.max(0, (now - at) / 1000);
                    }
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
            }
        }
        return micros;
    }

    private static int count(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
