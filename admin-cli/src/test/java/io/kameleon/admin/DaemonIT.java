package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The background replica, its commands beside it and out of turn, and a table that PostgreSQL cannot hold. */
class DaemonIT {
    /** PostgreSQL takes 1600. */
    private static final int COLUMNS = 1_700;

    @TempDir
    Path directory;

    @Test
    void tableThatPostgresCannotHoldIsLeftOutAndTheOthersAreReplicated() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.createSchema();
            createTables(rig);
            rig.register();
            assertThat(rig.succeeds("init_replica"))
                    .startsWith("Copied 2 rows of 1 tables.\nLeft out shop.wide: TABLE_TOO_WIDE: ");
            assertThat(rig.succeeds("show_status")).contains("shop.wide is not replicated: ");
            rig.runReplica();
            rig.awaitReplica();
            rig.onSource("INSERT INTO wide (c1) VALUES (1)", "INSERT INTO item VALUES (3)");
            rig.awaitReplica();
            assertThat(rig.destinationValue("SELECT count(*) FROM shop_replica.item"))
                    .isEqualTo("3");
        }
    }

    @Test
    void commandsOutOfTurnChangeNothing() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.createSchema();
            rig.onSource("CREATE TABLE item (id INT PRIMARY KEY)", "INSERT INTO item VALUES (1), (2)");
            rig.register();
            rig.succeeds("init_replica");
            assertNotRunning(rig);
            rig.succeeds("start_replica");
            assertRunsOnce(rig);
            rig.onSource("INSERT INTO item VALUES (3)");
            rig.succeeds("wait_replica");
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("stop_replica")).isEqualTo("Replica of 'shop' stopped.\n");
            assertNotRunning(rig);
            assertThat(Files.exists(directory.resolve("pid/shop.pid"))).isFalse();
            assertThat(Files.readString(directory.resolve("logs/shop.log")))
                    .doesNotContain(rig.source().password(), rig.postgres().replicaPassword());
        }
    }

    private static void assertNotRunning(ReplicaRig rig) {
        assertThat(rig.succeeds("stop_replica")).isEqualTo("Replica of 'shop' was not running on this machine.\n");
        CommandResult waited = rig.kameleon("wait_replica", "--source", "shop", "--timeout", "5");
        assertThat(waited.code()).isEqualTo(1);
        assertThat(waited.err())
                .isEqualTo(
                        "WRONG_STATE: The replica is not running: the replica does not run on this machine {source=shop}."
                                + " Start it with 'kameleon start_replica --source shop'.");
        assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"status\" : \"stopped\"");
        assertThat(rig.succeeds("compare")).endsWith("Equal.\n");
    }

    private static void assertRunsOnce(ReplicaRig rig) {
        for (String command : new String[] {"start_replica", "run_replica", "init_replica"}) {
            assertAlreadyRunning(rig.kameleon(command, "--source", "shop"));
        }
        assertAlreadyRunning(rig.kameleon("drop_source", "--source", "shop", "--yes"));
    }

    private static void assertAlreadyRunning(CommandResult result) {
        assertThat(result.err())
                .startsWith(
                        "ALREADY_RUNNING: The replica of this source runs already on this machine {source=shop, pid_file=")
                .endsWith("}. Stop it with 'kameleon stop_replica --source shop' first.")
                .doesNotContain("\n");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
    }

    /** The wide table needs an engine without InnoDB's limit of 1017 columns, which is copied under a lock. */
    private static void createTables(ReplicaRig rig) throws SQLException {
        String columns = IntStream.rangeClosed(1, COLUMNS)
                .mapToObj(i -> "c" + i + " TINYINT")
                .collect(Collectors.joining(", "));
        rig.onSource(
                "CREATE TABLE item (id INT PRIMARY KEY)",
                "INSERT INTO item VALUES (1), (2)",
                "CREATE TABLE wide (" + columns + ") ENGINE=MyISAM");
        try (Connection root = rig.source().connect("");
                Statement statement = root.createStatement()) {
            statement.execute("GRANT LOCK TABLES ON shop.* TO '" + rig.source().user() + "'@'127.0.0.1'");
        }
    }
}
