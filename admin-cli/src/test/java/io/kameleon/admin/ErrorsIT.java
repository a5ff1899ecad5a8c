package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be applied is kept whole, seen, tried again and put away; a table is paused and resumed (DEMAND F46). */
class ErrorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void whatIsRefusedIsSeenMendedTriedAgainAndPutAway(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.configure("auto_resync: false\nauto_maintenance: 1 hour\n");
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20))",
                    "INSERT INTO item VALUES (1, 'a')",
                    "CREATE TABLE ware (id INT PRIMARY KEY, size INT)",
                    "INSERT INTO ware VALUES (1, 1)");
            rig.register();
            rig.succeeds("init_replica");
            rig.succeeds("start_replica");
            String item = rig.source().schema() + ".item";
            String ware = rig.source().schema() + ".ware";
            rig.onDestination(
                    "ALTER TABLE shop_replica.item ADD CHECK (id <> 7)",
                    "CREATE VIEW shop_replica.sizes AS SELECT size FROM shop_replica.ware");
            rig.onSource(
                    "INSERT INTO item VALUES (6, 'f'), (7, 'secret'), (8, 'h')",
                    "ALTER TABLE ware MODIFY size VARCHAR(9)",
                    "INSERT INTO ware VALUES (2, 'two')");
            rig.succeeds("wait_replica");
            bothAreListed(rig, item, ware);
            theRowIsShownWhole(rig, item);
            rig.onDestination(
                    "ALTER TABLE shop_replica.item DROP CONSTRAINT item_id_check", "DROP VIEW shop_replica.sizes");
            retriedTheyAreResolved(rig, item, ware);
            maintained(rig);
            purged(rig);
            pausedAndResumed(rig, item);
        }
    }

    private static void bothAreListed(ReplicaRig rig, String item, String ware) throws Exception {
        JsonNode listed = json(rig, "show_errors", "--format", "json");
        assertThat(listed.get("disabled_tables").findValuesAsText("table")).containsExactly(ware);
        assertThat(listed.get("errors").findValuesAsText("table")).containsExactlyInAnyOrder(item, ware);
        assertThat(listed.get("errors").findValuesAsText("state")).containsOnly("open");
        assertThat(listed.get("errors").findValuesAsText("position"))
                .allSatisfy(position -> assertThat(position).matches(".+\\.\\d+:\\d+"));
        assertThat(rig.succeeds("show_errors"))
                .contains(ware + "  disabled  SCHEMA_CHANGE_FAILED")
                .doesNotContain("secret");
        assertThat(status(rig).get("discarded_rows").asInt()).isEqualTo(1);
    }

    private static void theRowIsShownWhole(ReplicaRig rig, String item) throws Exception {
        for (JsonNode error : json(rig, "show_errors", "--format", "json").get("errors")) {
            String logid = error.get("logid").asText();
            JsonNode whole = json(rig, "show_errors", "--logid", logid, "--format", "json");
            if (error.get("table").asText().equals(item)) {
                assertThat(whole.get("code").asText()).isEqualTo("ROW_REFUSED");
                assertThat(whole.get("sqlstate").asText()).isEqualTo("23514");
                assertThat(whole.get("discarded_rows").toString()).contains("secret");
                assertThat(rig.succeeds("show_errors", "--logid", logid)).contains("row c", "secret");
            } else {
                assertThat(whole.get("statement").asText()).contains("MODIFY size");
                assertThat(whole.get("sqlstate").asText()).isEqualTo("0A000");
            }
        }
        assertThat(rig.kameleon("show_errors", "--source", "shop", "--logid", "999")
                        .err())
                .startsWith("WRONG_STATE: There is no error with logid 999");
        assertThat(rig.kameleon("retry_errors", "--source", "shop", "--logid", "999")
                        .err())
                .startsWith("WRONG_STATE: There is no open error of a table with logid 999");
    }

    private static void retriedTheyAreResolved(ReplicaRig rig, String item, String ware) throws Exception {
        assertThat(rig.succeeds("retry_errors")).contains(item + " was copied again", ware + " was copied again");
        rig.succeeds("wait_replica");
        rig.assertSidesAreEqual();
        JsonNode listed = json(rig, "show_errors", "--format", "json");
        assertThat(listed.get("disabled_tables").isEmpty()).isTrue();
        assertThat(listed.get("errors").findValuesAsText("state")).containsExactly("resolved", "resolved");
        assertThat(status(rig).get("discarded_rows").asInt()).isZero();
        assertThat(rig.succeeds("retry_errors")).isEqualTo("Nothing is left to try again.\n");
    }

    /** By the replica itself, and on demand; what is resolved but young stays. */
    private static void maintained(ReplicaRig rig) throws Exception {
        Await.until("the replica maintains the catalogue", PATIENCE, () -> rig.destinationValue(
                        "SELECT maintained_at > now() - interval '1 minute' FROM sch_kameleon.source")
                .equals("t"));
        assertThat(rig.succeeds("run_maintenance", "--full"))
                .startsWith("0 resolved errors purged.\n")
                .contains(" tables of the catalogue vacuumed, ")
                .endsWith("The topic keeps rows for 24 h, as before.\n");
        rig.configure("batch_retention: 2 days\n");
        assertThat(rig.succeeds("run_maintenance")).endsWith("The topic keeps rows for 48 h now.\n");
        rig.onDestination("UPDATE sch_kameleon.error_log SET resolved_at = now() - interval '31 days'"
                + " WHERE code = 'ROW_REFUSED'");
        assertThat(rig.succeeds("run_maintenance")).startsWith("1 resolved errors purged.\n");
        assertThat(rig.destinationValue("SELECT count(*) FROM sch_kameleon.discarded_row"))
                .as("its row goes with it")
                .isEqualTo("0");
    }

    private static void purged(ReplicaRig rig) throws Exception {
        rig.onDestination("INSERT INTO sch_kameleon.error_log (source_name, origin_schema, table_name, code, message)"
                + " VALUES ('shop', 'x', 'y', 'ROW_REFUSED', 'ROW_REFUSED: open')");
        CommandResult unasked = rig.kameleon("purge_errors", "--source", "shop", "--all");
        assertThat(unasked.code()).isEqualTo(2);
        assertThat(rig.succeeds("purge_errors", "--older-than", "1")).isEqualTo("0 errors are purged.\n");
        assertThat(rig.succeeds("purge_errors")).isEqualTo("1 error is purged.\n");
        assertThat(rig.succeeds("purge_errors", "--all", "--yes")).isEqualTo("1 error is purged.\n");
        assertThat(rig.succeeds("show_errors")).isEqualTo("No errors.\n");
    }

    /** While it is paused its rows are left out, the others' are not; the resumed table is whole and goes on. */
    private static void pausedAndResumed(ReplicaRig rig, String item) throws Exception {
        assertThat(rig.succeeds("pause_table", "--tables", item)).isEqualTo(item + " is paused.\n");
        rig.onSource("INSERT INTO item VALUES (20, 'paused')", "INSERT INTO ware VALUES (20, 'on')");
        rig.succeeds("wait_replica");
        assertThat(rig.destinationValue("SELECT count(*) FROM shop_replica.item WHERE id = 20"))
                .isEqualTo("0");
        assertThat(rig.destinationValue("SELECT count(*) FROM shop_replica.ware WHERE id = 20"))
                .isEqualTo("1");
        assertThat(rig.succeeds("show_status")).contains(item + " is paused at ");
        assertThat(rig.succeeds("show_errors")).contains(item + "  paused  PAUSED");
        assertThat(rig.kameleon("pause_table", "--source", "shop", "--tables", item)
                        .err())
                .startsWith("WRONG_STATE: The table is paused already, not replicated");
        assertThat(rig.succeeds("sync_tables", "--tables", "disabled"))
                .isEqualTo("No table of the source is disabled.\n");
        assertThat(rig.succeeds("retry_errors")).isEqualTo("Nothing is left to try again.\n");
        rig.onSource("ALTER TABLE item ADD COLUMN extra INT DEFAULT 5");
        assertThat(rig.succeeds("resume_table", "--tables", item)).contains(item + " was copied again");
        rig.onSource("UPDATE item SET name = 'resumed' WHERE id = 20");
        rig.succeeds("wait_replica");
        rig.assertSidesAreEqual();
        assertThat(rig.kameleon("resume_table", "--source", "shop", "--tables", item)
                        .err())
                .startsWith("WRONG_STATE: The table is not paused");
    }

    /** Nothing is applied behind what stops a side; once its cause is mended a start goes on from there (F46, F68). */
    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void withExitASideEndsWhereItWouldGoOnAndTellsWhy(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.configure("on_error_replay: exit\non_error_read: exit\n");
            rig.createSchema();
            rig.onSource("CREATE TABLE item (id INT PRIMARY KEY)", "INSERT INTO item VALUES (1)");
            rig.register();
            rig.succeeds("init_replica");
            rig.onDestination("ALTER TABLE shop_replica.item ADD CHECK (id <> 7)");
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            rig.onSource("INSERT INTO item VALUES (6)", "INSERT INTO item VALUES (7)", "INSERT INTO item VALUES (8)");
            Await.until("replay stops", PATIENCE, () -> !replica.isAlive());
            JsonNode failure = status(rig).get("failures").get(0);
            assertThat(status(rig).get("status").asText()).isEqualTo("failed");
            assertThat(failure.get("role").asText()).isEqualTo("replay");
            assertThat(failure.get("code").asText()).isEqualTo("STOPPED_BY_POLICY");
            assertThat(failure.get("reason").asText()).contains("ROW_REFUSED", "shop_replica.item");
            assertThat(rig.destinationValue("SELECT count(*) FROM shop_replica.item WHERE id >= 7"))
                    .isEqualTo("0");
            rig.onDestination("ALTER TABLE shop_replica.item DROP CONSTRAINT item_id_check");
            ReplicaProcess again = rig.runReplica();
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            if (rig.source().sandbox().isPresent()) {
                rig.source().sandbox().get().stop();
                Await.until("the reader stops", PATIENCE, () -> !again.isAlive());
                assertThat(status(rig).get("failures").findValuesAsText("role")).containsExactly("reader");
                assertThat(status(rig).get("failures").findValuesAsText("code")).containsExactly("SOURCE_UNREACHABLE");
            }
        }
    }

    private static JsonNode status(ReplicaRig rig) throws Exception {
        return json(rig, "show_status", "--format", "json").get("sources").get(0);
    }

    private static JsonNode json(ReplicaRig rig, String... words) throws Exception {
        return new ObjectMapper().readTree(rig.succeeds(words));
    }
}
