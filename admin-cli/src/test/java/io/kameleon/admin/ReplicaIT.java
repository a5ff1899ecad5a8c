package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.ShopLoad;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The main job on real servers: copy under load, stream, compare. */
class ReplicaIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void copyUnderLoadHandsOverToTheStreamWithoutGapOrDouble(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createShop(ReplicaRig.ROWS);
            rig.register();
            try (ShopLoad load = rig.load(0)) {
                rig.succeeds("init_replica");
                rig.succeeds("start_replica");
                load.runFor(ReplicaRig.LOAD_TIME);
                assertThat(load.transactions()).as("transactions of the load").isPositive();
            }
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("show_status", "--format", "json"))
                    .contains("\"status\" : \"running\"", "\"consistent\" : true", "\"discarded_rows\" : 0");
            rig.succeeds("stop_replica");
            assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"status\" : \"stopped\"");
        }
    }
}
