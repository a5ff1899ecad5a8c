package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.ShopLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invariants 1 and 3 with several lanes: as {@link CrashIT}, with another number of lanes after each kill and with schema changes. */
class LanesIT {
    private static final long SEED = Long.getLong("kameleon.it.seed", System.nanoTime());
    private static final List<Integer> LANES = List.of(3, 3, 2, 1, 3);
    private static final int KEYLESS_TABLES = 4;
    /** Per transaction and table: under a backlog, enough for a lane. */
    private static final int ROWS = 300;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void killedUnderLoadAndSchemaChangesNothingIsLostOrDoubledByAnyNumberOfLanes(SourceKind kind) throws Exception {
        var random = new Random(SEED);
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createShop(2_000);
            for (int table = 0; table < KEYLESS_TABLES; table++) {
                rig.onSource("CREATE TABLE keyless_" + table + " (a INT, b VARCHAR(30))");
            }
            configure(rig, LANES.get(0));
            rig.register();
            rig.succeeds("init_replica");
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            long changes = 0;
            try (ShopLoad load = rig.load(400)) {
                for (int lanes : LANES.subList(1, LANES.size())) {
                    change(rig, random, changes++);
                    load.runFor(Duration.ofMillis(100 + random.nextInt(1_500)));
                    assertThat(replica.isAlive()).as(replica::log).isTrue();
                    replica.kill();
                    change(rig, random, changes++);
                    configure(rig, lanes);
                    replica = rig.runReplica();
                    rig.succeeds("sync_tables", "--tables", rig.source().schema() + ".keyless_0");
                    change(rig, random, changes++);
                    load.runFor(Duration.ofMillis(2_500 + random.nextInt(1_500)));
                }
            }
            rig.awaitReplica();
            rig.awaitNothingToCopy();
            rig.assertSidesAreEqual();
            assertThat(rig.destinationValue("SELECT count(*) > 0 FROM sch_kameleon.replay_lane"))
                    .as("lanes were used, seed %d", SEED)
                    .isEqualTo("t");
            assertThat(rig.succeeds("show_status", "--format", "json"))
                    .as("seed %d", SEED)
                    .contains("\"disabled\" : 0", "\"discarded_rows\" : 0", "\"skipped_rows\" : 0");
            assertThat(replica.terminate()).as("exit code on SIGTERM").isZero();
        }
    }

    private static void configure(ReplicaRig rig, int lanes) throws Exception {
        rig.configure("replay_lanes: " + lanes + "\nreplay_max_rows: 1500\n");
    }

    private static void change(ReplicaRig rig, Random random, long number) throws Exception {
        for (int i = 0; i < 8; i++) {
            for (int table = 0; table < KEYLESS_TABLES; table++) {
                rig.onSource(
                        NumberedRows.insert("keyless_" + table + " (a, b)", "n % 100, 'twice or more'", ROWS),
                        "DELETE FROM keyless_" + table + " ORDER BY a LIMIT " + random.nextInt(20));
            }
        }
        rig.onSource(
                "ALTER TABLE keyless_" + random.nextInt(KEYLESS_TABLES) + " ADD COLUMN c" + number + " INT DEFAULT 7",
                "CREATE TABLE made_" + number + " (id INT PRIMARY KEY, t VARCHAR(10))",
                NumberedRows.insert("made_" + number, "n, 'made'", ROWS));
    }
}
