package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariant 2: a reader of PostgreSQL never sees half a transaction of the source, neither of the two rows of a transfer nor of a
 * transaction that is larger than what replay takes at a time.
 */
class InvariantIT {
    private static final int ACCOUNTS = 2_000;
    private static final int BALANCE = 1_000;
    private static final String SUM =
            "SELECT (SELECT sum(balance) FROM %1$s.debit) + (SELECT sum(balance) FROM %1$s.credit)"
                    .formatted(ReplicaRig.DESTINATION);

    @TempDir
    Path directory;

    private volatile boolean stopping;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void sumOverTransfersIsConstantForEveryReader(SourceKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.configure("replay_max_rows: 500\nreplica_batch_size: 300\n");
            rig.createSchema();
            for (String table : new String[] {"debit", "credit"}) {
                rig.onSource(
                        "CREATE TABLE " + table + " (id INT PRIMARY KEY, balance BIGINT NOT NULL)",
                        NumberedRows.insert(table, "n, " + BALANCE, ACCOUNTS));
            }
            rig.register();
            rig.succeeds("init_replica");
            rig.runReplica();
            rig.awaitReplica();
            Future<Set<Long>> sums = threads.submit(() -> sumsSeen(rig.postgres()));
            Future<Long> transfers = threads.submit(transfers(rig));
            assertThat(transfers.get()).as("transfers").isPositive();
            rig.awaitReplica();
            stopping = true;
            assertThat(sums.get(30, TimeUnit.SECONDS)).as("sums seen").containsExactly(2L * ACCOUNTS * BALANCE);
            rig.assertSidesAreEqual();
        } finally {
            stopping = true;
            threads.shutdownNow();
        }
    }

    private Set<Long> sumsSeen(RigPostgres postgres) throws SQLException {
        var sums = new TreeSet<Long>();
        try (Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE);
                PreparedStatement query = connection.prepareStatement(SUM)) {
            while (!stopping) {
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    sums.add(row.getLong(1));
                }
            }
        }
        return sums;
    }

    /** Two-row transfers between two tables, and now and then one that takes part of every account. */
    private static Callable<Long> transfers(ReplicaRig rig) {
        return () -> {
            var random = new Random(1);
            long count = 0;
            long end = System.nanoTime() + ReplicaRig.LOAD_TIME.toNanos();
            try (Connection connection = rig.source().connect(rig.source().schema());
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (System.nanoTime() < end) {
                    boolean all = count % 300 == 299;
                    int amount = 1 + random.nextInt(50);
                    statement.execute("UPDATE debit SET balance = balance - " + amount
                            + (all ? "" : " WHERE id = " + random.nextInt(ACCOUNTS)));
                    statement.execute("UPDATE credit SET balance = balance + " + amount
                            + (all ? "" : " WHERE id = " + random.nextInt(ACCOUNTS)));
                    connection.commit();
                    count++;
                }
            }
            return count;
        };
    }
}
