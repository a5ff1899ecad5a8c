package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.ShopLoad;
import java.nio.file.Path;
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
                ReplicaProcess copy = rig.begin("init_replica");
                Await.until("rows are copied", Duration.ofSeconds(60), () -> hasCopiedRows(rig));
                copy.kill();
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
        return Long.parseLong(rig.destinationValue("SELECT count(*) FROM sch_kameleon.copy_range")) > 0
                || Long.parseLong(rig.destinationValue(
                                "SELECT count(*) FROM pg_tables WHERE schemaname LIKE '\\_%\\_tmp'"))
                        > 0;
    }

    private static void assertNoTemporarySchema(ReplicaRig rig) throws Exception {
        assertThat(rig.destinationValue("SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace"
                        + " WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"))
                .as("schemas")
                .isEqualTo("public sch_kameleon " + ReplicaRig.DESTINATION);
    }
}
