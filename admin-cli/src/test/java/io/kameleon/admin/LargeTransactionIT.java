package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invariant 7: a transaction far larger than any buffer passes through 512 MB of heap (F43). */
class LargeTransactionIT {
    private static final int ROWS = Integer.getInteger("kameleon.it.transaction.rows", 500_000);
    /** The heap of 512 MB with the virtual machine's own needs and the client buffers outside the heap. */
    private static final long RESIDENT_MEBIBYTES_MAX = 900;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void largeTransactionPassesThroughAHeapOf512Megabytes(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE big (id INT PRIMARY KEY, name VARCHAR(100), amount DECIMAL(12,2), KEY (amount))");
            rig.register();
            rig.succeeds("init_replica");
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            rig.onSource(NumberedRows.insert("big", "n, CONCAT('row number ', n, REPEAT('.', 60)), n / 7", ROWS));
            rig.awaitReplica();
            rig.onSource("UPDATE big SET amount = amount + 1 WHERE id % 3 = 0", "DELETE FROM big WHERE id % 5 = 0");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(replica.isAlive()).as(replica::log).isTrue();
            assertThat(replica.residentMebibytesMax())
                    .as("resident memory in MiB")
                    .isBetween(1L, RESIDENT_MEBIBYTES_MAX);
            System.getLogger(LargeTransactionIT.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "transaction rows={0} resident MiB={1}",
                            ROWS,
                            replica.residentMebibytesMax());
        }
    }
}
