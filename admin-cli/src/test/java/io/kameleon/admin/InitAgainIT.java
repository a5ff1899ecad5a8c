package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.sandbox.ShopLoad;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The initial copy, interrupted or repeated. */
class InitAgainIT {
    private static final String COPIED_TABLES =
            "SELECT count(*) FROM pg_tables WHERE schemaname = '" + ReplicaRig.DESTINATION + "'";

    @TempDir
    Path directory;

    @Test
    void copyThatWasKilledShowsNothingHalfAndIsSimplyRunAgain() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.createShop(Math.max(ReplicaRig.ROWS, 100_000));
            rig.register();
            try (ShopLoad load = rig.load(100)) {
                killInTheMidst(rig);
                assertThat(rig.destinationValue(COPIED_TABLES))
                        .as("tables before the swap")
                        .isEqualTo("0");
                CommandResult early = rig.kameleon("run_replica", "--source", ReplicaRig.SOURCE);
                assertThat(early.err())
                        .isEqualTo("WRONG_STATE: The initial copy of the source did not end {source=shop}."
                                + " Run 'kameleon init_replica --source shop'.");
                assertThat(early.code()).isEqualTo(1);
                rig.succeeds("init_replica");
                rig.runReplica();
                load.runFor(Duration.ofSeconds(2));
            }
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertNoTemporarySchema(rig);
        }
    }

    /** The copy waits for a lock at its end, so that it lasts for as long as it is looked at. */
    private static void killInTheMidst(ReplicaRig rig) throws Exception {
        try (Connection other = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE sch_kameleon.replay_position IN SHARE MODE");
            ReplicaProcess copy = rig.begin("init_replica");
            Await.until("rows are copied", Duration.ofSeconds(60), () -> hasCopiedRows(rig));
            assertThat(rig.succeeds("show_status"))
                    .contains("initialising")
                    .contains("shop: initial copy, at ")
                    .contains(" tables done");
            CommandResult second = rig.kameleon("init_replica", "--source", ReplicaRig.SOURCE);
            assertThat(second.err()).startsWith("ALREADY_RUNNING: A process works on this source {");
            copy.kill();
            other.rollback();
        }
        assertThat(rig.succeeds("show_status")).contains("interrupted");
    }

    @Test
    void secondCopyReplacesTheFirstAndTheStreamGoesOnFromIt() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.createShop(ReplicaRig.ROWS);
            rig.register();
            try (ShopLoad load = rig.load(200)) {
                rig.succeeds("init_replica");
                ReplicaProcess replica = rig.runReplica();
                load.runFor(Duration.ofSeconds(2));
                rig.awaitReplica();
                assertThat(replica.terminate()).isZero();
                rig.succeeds("init_replica");
                rig.runReplica();
                load.runFor(Duration.ofSeconds(2));
            }
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertNoTemporarySchema(rig);
        }
    }

    private static boolean hasCopiedRows(ReplicaRig rig) throws Exception {
        return "t".equals(rig.destinationValue("SELECT rows > 0 FROM sch_kameleon.copy_progress"));
    }

    private static void assertNoTemporarySchema(ReplicaRig rig) throws Exception {
        assertThat(rig.destinationValue("SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace"
                        + " WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"))
                .as("schemas")
                .isEqualTo("public sch_kameleon " + ReplicaRig.DESTINATION);
    }
}
