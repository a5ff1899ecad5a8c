package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.ShopLoad;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariant 1: exactly once in effect. {@code kill -9} of the process with reader, broker and replay under load, also while it starts
 * after the one before; the tables are with and without a key. One without a key gets a row with every transaction: only there
 * something doubled stays.
 */
class CrashIT {
    private static final int KILLS = 3;
    private static final long SEED = Long.getLong("kameleon.it.seed", System.nanoTime());
    /** Rows of the transaction that is under way at the last kill; more than one batch of replay. */
    private static final int LARGE_ROWS = 60_000;

    private static final long EVERY_NANOS = Duration.ofMillis(2).toNanos();

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void killedThreeTimesUnderLoadNothingIsLostOrDoubled(SourceKind kind) throws Exception {
        var random = new Random(SEED);
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createShop(ReplicaRig.ROWS);
            rig.onSource("CREATE TABLE keyless (a INT, b VARCHAR(30))", "CREATE TABLE mark (number INT)");
            rig.register();
            rig.succeeds("init_replica");
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            try (ShopLoad load = rig.load(400);
                    Marks marks = Marks.start(rig)) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    if (kill == KILLS) {
                        rig.onSource(NumberedRows.insert("keyless (a, b)", "n % 1000, 'twice or more'", LARGE_ROWS));
                    }
                    load.runFor(Duration.ofMillis(200 + random.nextInt(2_500)));
                    assertThat(replica.isAlive()).as(replica::log).isTrue();
                    replica.kill();
                    load.runFor(Duration.ofMillis(random.nextInt(500)));
                    replica = rig.runReplica();
                    if (kill == KILLS - 1) {
                        load.runFor(Duration.ofMillis(500 + random.nextInt(3_000)));
                        replica.kill();
                        replica = rig.runReplica();
                    }
                    rig.onSource(
                            "DELETE FROM keyless ORDER BY a LIMIT 5", "INSERT INTO keyless VALUES (5, 'x'), (5, 'x')");
                    load.runFor(Duration.ofMillis(3_000 + random.nextInt(2_000)));
                }
                assertThat(marks.stop()).isGreaterThan(100);
            }
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("show_status", "--format", "json"))
                    .as("seed %d", SEED)
                    .contains("\"disabled\" : 0", "\"discarded_rows\" : 0", "\"skipped_rows\" : 0");
            assertThat(replica.terminate()).as("exit code on SIGTERM").isZero();
        }
    }

    /** Writes numbers into a table without a key, a transaction each. */
    private static final class Marks implements AutoCloseable {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final AtomicBoolean stopping = new AtomicBoolean();
        private final Future<Integer> written;

        private Marks(ReplicaRig rig) {
            written = thread.submit(() -> write(rig));
        }

        static Marks start(ReplicaRig rig) {
            return new Marks(rig);
        }

        private int write(ReplicaRig rig) throws SQLException {
            int number = 0;
            try (Connection connection = rig.source().connect(rig.source().schema());
                    Statement statement = connection.createStatement()) {
                for (; !stopping.get(); number++) {
                    statement.execute("INSERT INTO mark VALUES (" + number + ")");
                    LockSupport.parkNanos(EVERY_NANOS);
                }
            }
            return number;
        }

        /** @return how many numbers were written */
        int stop() throws Exception {
            stopping.set(true);
            return written.get(30, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            stopping.set(true);
            thread.shutdown();
        }
    }
}
