package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Structure without rows, a schema copied again beside the stream, and replicas that failed or are stopped all at once. */
class SchemaCommandsIT {
    private static final int ROWS = 20_000;
    private static final int TABLES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String DONE = "SELECT string_agg(table_name || ended_at, ',' ORDER BY table_name)"
            + " FROM sch_kameleon.resync WHERE phase = 'done'";

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void aSchemaIsCopiedAgainAndAfterAKillItsFinishedTablesStayFinished(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig);
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            String schema = rig.source().schema();
            rig.onSource(
                    "SET SESSION binlog_format = 'STATEMENT'",
                    "DELETE FROM t1 WHERE id > 100",
                    "SET SESSION binlog_format = 'ROW'",
                    "INSERT INTO t1 VALUES (7000001, 'late')");
            rig.awaitReplica();
            assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"disabled\" : 1");
            killWithTheLastTableUnderWay(rig, replica);
            String done = rig.destinationValue(DONE);
            rig.runReplica();
            rig.awaitReplica();
            rig.awaitNothingToCopy();
            assertThat(rig.destinationValue(DONE)).contains(done.split(","));
            assertThat(rig.destinationValue("SELECT count(*) FROM sch_kameleon.resync"))
                    .isEqualTo(String.valueOf(TABLES));
            rig.onSource("UPDATE t2 SET name = 'after' WHERE id = 5");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("refresh_schema", "--schema", schema))
                    .contains(schema + ".t1 was copied again", schema + ".t3 was copied again");
            assertThat(rig.kameleon("refresh_schema", "--source", "shop", "--schema", "nothing"))
                    .isEqualTo(new CommandResult(
                            1,
                            "",
                            "SOURCE_SCHEMA_MISSING: 'nothing' is no schema that is replicated {source=shop}."
                                    + " Its schemas are " + schema + "."));
            assertThat(rig.kameleon("copy_schema", "--source", "shop", "--yes").err())
                    .startsWith("WRONG_STATE: The source was copied already;");
        }
    }

    /** A reader of the last table keeps its copy from being put in place. */
    private static void killWithTheLastTableUnderWay(ReplicaRig rig, ReplicaProcess replica) throws Exception {
        try (Connection reader = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE " + ReplicaRig.DESTINATION + ".t" + TABLES + " IN ACCESS SHARE MODE");
            rig.succeeds("refresh_schema", "--no-wait", "--schema", ReplicaRig.DESTINATION);
            Await.until("a table is done and the last is under way", PATIENCE, () -> "t"
                    .equals(rig.destinationValue(
                            "SELECT bool_or(phase = 'done') AND bool_or(phase IN ('copying', 'catching_up')"
                                    + " AND table_name = 't" + TABLES + "') FROM sch_kameleon.resync")));
            replica.kill();
        }
    }

    private static void begin(ReplicaRig rig) throws Exception {
        rig.configure("auto_resync: false\n");
        rig.createSchema();
        for (int table = 1; table <= TABLES; table++) {
            rig.onSource(
                    "CREATE TABLE t" + table + " (id INT PRIMARY KEY, name VARCHAR(60))",
                    NumberedRows.insert("t" + table, "n, CONCAT('name ', n)", ROWS));
        }
        rig.register();
        rig.succeeds("init_replica");
    }

    @Test
    void theStructureComesWithoutRowsAndFailuresAreForgottenWhenAsked() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(9) DEFAULT 'new', KEY by_name (name))",
                    "INSERT INTO item (id) VALUES (1), (2)");
            rig.register();
            assertThat(rig.succeeds("copy_schema"))
                    .isEqualTo("Made 1 tables, without rows.\nNext: kameleon init_replica --source shop\n");
            assertThat(rig.destinationValue("SELECT count(*) FROM shop_replica.item"))
                    .isEqualTo("0");
            assertThat(rig.destinationValue("SELECT count(*) FROM pg_indexes WHERE schemaname = 'shop_replica'"))
                    .isEqualTo("2");
            CommandResult again = rig.kameleon("copy_schema", "--source", "shop");
            assertThat(again.err()).startsWith("This replaces shop_replica by empty tables. Give --yes to confirm");
            assertThat(again.code()).isEqualTo(2);
            rig.succeeds("init_replica");
            assertThat(rig.kameleon("stop_all_replicas").out()).isEqualTo("No replica runs on this machine.\n");
            rig.succeeds("start_replica");
            rig.succeeds("wait_replica");
            rig.assertSidesAreEqual();
            assertThat(rig.kameleon("enable_replica", "--source", "shop").err()).startsWith("ALREADY_RUNNING");
            assertThat(rig.kameleon("stop_all_replicas").out()).isEqualTo("Replica of 'shop' stopped.\n");
            failAndForget(rig);
        }
    }

    /** Replay meets a place that its topic never had. */
    private void failAndForget(ReplicaRig rig) throws Exception {
        onDestination(rig, "UPDATE sch_kameleon.replay_position SET next_offset = 1000000");
        rig.kameleon("start_replica", "--source", "shop");
        Await.until("the replica has failed", PATIENCE, () -> rig.succeeds("show_status", "--format", "json")
                .contains("\"failed\""));
        Await.until("its process has ended", PATIENCE, () -> Files.notExists(directory.resolve("pid/shop.pid")));
        String said = rig.succeeds("enable_replica");
        assertThat(said).startsWith("Forgot the failure of ").endsWith("Next: kameleon start_replica --source shop\n");
        assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"stopped\"");
        assertThat(rig.succeeds("enable_replica")).startsWith("Source 'shop' had not failed.");
    }

    private static void onDestination(ReplicaRig rig, String sql) throws SQLException {
        try (Connection connection = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
