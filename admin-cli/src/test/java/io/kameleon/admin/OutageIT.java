package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.ReadSide;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.ShopLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 5: sides are decoupled. A server goes away under load; the other side goes on, and all catches up by itself. */
class OutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("kameleon.it.outage.seconds", 5));

    @TempDir
    Path directory;

    @Test
    void readerGoesOnWhilePostgresIsAwayAndReplayCatchesUp() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            ReplicaProcess replica = begin(rig);
            try (ShopLoad load = rig.load(300)) {
                load.runFor(Duration.ofSeconds(2));
                rig.postgres().own().kill();
                long before = endOfTopic(rig);
                load.runFor(OUTAGE);
                assertThat(endOfTopic(rig))
                        .as("records read while PostgreSQL is away")
                        .isGreaterThan(before + 100);
                assertThat(replica.isAlive()).as(replica::log).isTrue();
                rig.postgres().own().restart();
                load.runFor(Duration.ofSeconds(2));
            }
            assertEqualWithoutHelp(rig, replica);
        }
    }

    @Test
    void replayGoesOnWhileTheSourceIsAwayAndTheReaderComesBack() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            ReplicaProcess replica = begin(rig);
            SandboxMariaDb mariaDb = rig.source().sandbox().orElseThrow();
            try (ShopLoad load = rig.load(300)) {
                load.runFor(Duration.ofSeconds(2));
                mariaDb.kill();
                Await.until("replay has applied all that was read", OUTAGE.plusSeconds(20), () -> rig.succeeds(
                                "show_status", "--format", "json")
                        .contains("\"consumer_lag_records\" : 0"));
                load.runFor(OUTAGE);
                assertThat(replica.isAlive()).as(replica::log).isTrue();
                mariaDb.restart();
                load.runFor(Duration.ofSeconds(2));
            }
            assertEqualWithoutHelp(rig, replica);
        }
    }

    private static ReplicaProcess begin(ReplicaRig rig) throws Exception {
        rig.createShop(ReplicaRig.ROWS);
        rig.register();
        rig.succeeds("init_replica");
        ReplicaProcess replica = rig.runReplica();
        rig.awaitReplica();
        return replica;
    }

    private static void assertEqualWithoutHelp(ReplicaRig rig, ReplicaProcess replica) throws Exception {
        rig.awaitReplica();
        rig.assertSidesAreEqual();
        assertThat(replica.isAlive()).as(replica::log).isTrue();
        assertThat(rig.succeeds("show_status", "--format", "json"))
                .contains("\"status\" : \"running\"", "\"disabled\" : 0", "\"discarded_rows\" : 0");
    }

    /** Asks Kafka alone, since the catalogue is in the PostgreSQL that is away. */
    private static long endOfTopic(ReplicaRig rig) {
        Installation installation = Installation.load(rig.config().toString());
        Optional<KafkaAccess> running = KafkaAccess.running(installation.config(), ReplicaRig.SOURCE);
        try (KafkaAccess kafka = running.orElseThrow()) {
            var settings = new SourceSettings(installation.config(), installation.source(ReplicaRig.SOURCE));
            return ReadSide.of(kafka, settings).endOffset().orElseThrow();
        }
    }
}
