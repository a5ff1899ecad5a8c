package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ctrl-C in the middle of a command's work, and the command once more: it ends as if nothing had been. */
class InterruptIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TABLE_IS_AWAITED =
            "SELECT count(*) > 0 FROM information_schema.processlist WHERE state LIKE 'Waiting for table%lock'";
    private static final String REPLICA_TABLE_IS_AWAITED = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted"
            + " AND relation = '" + ReplicaRig.DESTINATION + ".item'::regclass";

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void whatCtrlCCutOffIsDoneByTheNextRun(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE item (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40))",
                    "CREATE TABLE part (item INT, name VARCHAR(40), FOREIGN KEY (item) REFERENCES item (id))",
                    NumberedRows.insert("item", "n + 1, CONCAT('name ', n)", 500),
                    "INSERT INTO part SELECT id, name FROM item",
                    "INSERT INTO part SELECT * FROM part WHERE item < 5");
            rig.register();
            cutOffAtTheSource(rig, "init_replica");
            assertThat(rig.kameleon("start_replica", "--source", "shop").err()).startsWith("WRONG_STATE: ");
            rig.succeeds("init_replica");
            cutOffAtTheSource(rig, "compare");
            rig.assertSidesAreEqual();

            rig.succeeds("start_replica");
            cutOffAtTheSource(rig, "refresh_schema --schema " + rig.source().schema());
            rig.onSource("UPDATE item SET name = 'meanwhile' WHERE id = 3", "DELETE FROM part WHERE item = 2");
            rig.succeeds("refresh_schema", "--schema", rig.source().schema());
            rig.awaitNothingToCopy();
            rig.succeeds("wait_replica");
            rig.assertSidesAreEqual();

            cutOffAtTheDestination(rig, "detach_replica --yes");
            assertThat(rig.succeeds("detach_replica", "--yes"))
                    .startsWith("Source 'shop' is detached: 2 tables, 1 of 1 foreign keys hold.\n");
            rig.onDestination("INSERT INTO " + ReplicaRig.DESTINATION + ".item (name) VALUES ('own')");
            assertThat(rig.destinationValue("SELECT max(id) FROM " + ReplicaRig.DESTINATION + ".item"))
                    .isEqualTo("501");
        }
    }

    /** While the command waits for a table that it is to read. */
    private void cutOffAtTheSource(ReplicaRig rig, String command) throws Exception {
        try (Connection holder = rig.source().connect(rig.source().schema());
                Connection observer = rig.source().connect("");
                Statement statement = holder.createStatement()) {
            statement.execute("LOCK TABLES item WRITE, part WRITE");
            cutOff(rig, command, observer, TABLE_IS_AWAITED, "1");
        }
    }

    /** While the command waits for a table that it is to change. */
    private void cutOffAtTheDestination(ReplicaRig rig, String command) throws Exception {
        try (Connection holder = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Connection observer = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE " + ReplicaRig.DESTINATION + ".item IN SHARE MODE");
            cutOff(rig, command, observer, REPLICA_TABLE_IS_AWAITED, "t");
        }
    }

    private void cutOff(ReplicaRig rig, String command, Connection observer, String awaited, String yes)
            throws Exception {
        Path log = Files.createTempFile(directory, "interrupted", ".log");
        try (ReplicaProcess process = ReplicaProcess.start(command, rig.config(), log);
                Statement statement = observer.createStatement()) {
            Await.until(command + " waits", PATIENCE, () -> {
                assertThat(process.isAlive()).as(process.log()).isTrue();
                try (ResultSet row = statement.executeQuery(awaited)) {
                    return row.next() && row.getString(1).equals(yes);
                }
            });
            assertThat(process.interrupt()).as(process.log()).isEqualTo(130);
            assertThat(process.log()).contains("Interrupted. ").endsWith(" can be run again.\n");
        }
    }
}
