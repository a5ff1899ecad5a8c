package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows and statements in a compressed log arrive as others do, rows of LOAD DATA too: MySQL packs whole transactions (F1), MariaDB
 * single events (F2).
 */
class CompressedLogIT {
    private static final int ROWS = 5_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void compressedTransactionsAndEventsArriveWhole(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE notes (a INT, b VARCHAR(200), PRIMARY KEY (a))",
                    "CREATE TABLE keyless (a INT, b TEXT)");
            rig.register();
            rig.succeeds("init_replica");
            rig.runReplica();
            rig.awaitReplica();
            String on = kind == SourceKind.MARIADB
                    ? "SET GLOBAL log_bin_compress = ON, GLOBAL log_bin_compress_min_len = 10"
                    : "SET SESSION binlog_transaction_compression = ON";
            String off = kind == SourceKind.MARIADB
                    ? "SET GLOBAL log_bin_compress = OFF"
                    : "SET SESSION binlog_transaction_compression = OFF";
            rig.onSource(
                    on,
                    NumberedRows.insert("notes (a, b)", "n, REPEAT('compress me ', 10)", ROWS),
                    NumberedRows.insert("keyless (a, b)", "n % 7, REPEAT('and me ', 20)", 100),
                    "SET GLOBAL local_infile = ON",
                    "LOAD DATA LOCAL INFILE '" + loadable() + "' INTO TABLE notes (a, b)",
                    "UPDATE notes SET b = CONCAT(b, a) WHERE a % 3 = 0",
                    "DELETE FROM notes WHERE a % 5 = 0",
                    "DELETE FROM keyless WHERE a = 3 LIMIT 4",
                    "ALTER TABLE notes ADD COLUMN c VARCHAR(20) NOT NULL DEFAULT 'a rather long default' COMMENT 'long enough to be compressed'"
                            .replace("rather long default", "default"),
                    "UPDATE notes SET c = 'changed' WHERE a < 100",
                    off,
                    "INSERT INTO notes VALUES (-1, 'plain again', '')");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"disabled\" : 0");
        }
    }

    /** For LOAD DATA LOCAL. */
    private Path loadable() throws IOException {
        List<String> lines = IntStream.range(0, 1_000)
                .mapToObj(i -> 100_000 + i + "\tloaded, loaded, loaded and compressed")
                .toList();
        return Files.write(directory.resolve("notes.tsv"), lines);
    }
}
