package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each option of a source has its effect: by the copy, and by what the stream does later. */
class OptionsIT {
    private static final String STRUCTURE =
            "SELECT concat_ws(E'\\n', (SELECT string_agg(indexdef, E'\\n' ORDER BY indexdef)"
                    + " FROM pg_indexes WHERE schemaname = 'shop_replica'), (SELECT string_agg(conname || ' ' ||"
                    + " pg_get_constraintdef(oid), E'\\n' ORDER BY conname) FROM pg_constraint"
                    + " WHERE connamespace = 'shop_replica'::regnamespace AND contype <> 'n'))";

    @TempDir
    Path directory;

    @Test
    void tablesEventsGrantsFillfactorAndLockTimeoutAreAsConfigured() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.configure("""
                    limit_tables: ['/shop\\.(item|ware|cold|fresh)/']
                    skip_tables: [shop.cold]
                    skip_events: {insert: [shop.ware], delete: [shop.ware]}
                    grant_select_to: [analyst]
                    fillfactor: {'70': {tables: ['/shop\\.(item|fresh)/']}}
                    lock_timeout: 500ms
                    """);
            rig.createSchema();
            for (String table : new String[] {"item", "ware", "cold", "elsewhere"}) {
                rig.onSource(
                        "CREATE TABLE " + table + " (id INT PRIMARY KEY, n INT)",
                        "INSERT INTO " + table + " VALUES (1, 1), (2, 2)");
            }
            rig.onDestination("CREATE ROLE analyst");
            rig.register();
            rig.succeeds("init_replica");
            assertThat(tables(rig)).as("limit_tables, skip_tables").isEqualTo("item ware");
            assertThat(grantedAndFilled(rig, "item")).isEqualTo("t fillfactor=70");
            assertThat(grantedAndFilled(rig, "ware")).isEqualTo("t -");
            rig.succeeds("start_replica");
            rig.onSource(
                    "CREATE TABLE fresh (id INT PRIMARY KEY)",
                    "CREATE TABLE other (id INT PRIMARY KEY)",
                    "INSERT INTO fresh VALUES (1)",
                    "INSERT INTO cold VALUES (3, 3)",
                    "INSERT INTO item VALUES (3, 3)",
                    "INSERT INTO ware VALUES (3, 3)",
                    "UPDATE ware SET n = 20 WHERE id = 2",
                    "DELETE FROM ware WHERE id = 1",
                    "DELETE FROM item WHERE id = 1");
            rig.succeeds("wait_replica");
            assertThat(tables(rig)).isEqualTo("fresh item ware");
            assertThat(grantedAndFilled(rig, "fresh")).as("made by the stream").isEqualTo("t fillfactor=70");
            assertThat(rows(rig, "item")).isEqualTo("2=2 3=3");
            assertThat(rows(rig, "ware")).as("skip_events").isEqualTo("1=1 2=20");
            rig.succeeds("stop_replica");
            theSwapDoesNotWaitForEver(rig);
        }
    }

    /** A grant that is not committed holds the schema's entry, which the swap has to change. */
    private static void theSwapDoesNotWaitForEver(ReplicaRig rig) throws Exception {
        try (Connection other = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("GRANT USAGE ON SCHEMA shop_replica TO PUBLIC");
            CommandResult refused = rig.kameleon("init_replica", "--source", "shop");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("DESTINATION_UNREACHABLE: ", "sqlstate=55P03");
            assertThat(rows(rig, "item")).as("the old copy stays").isEqualTo("2=2 3=3");
            other.rollback();
        }
        rig.succeeds("init_replica");
        assertThat(rows(rig, "ware")).isEqualTo("2=20 3=3");
    }

    private static String tables(ReplicaRig rig) throws Exception {
        return rig.destinationValue("SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables"
                + " WHERE schemaname = 'shop_replica'");
    }

    private static String grantedAndFilled(ReplicaRig rig, String table) throws Exception {
        return rig.destinationValue("SELECT concat(has_table_privilege('analyst', oid, 'SELECT'), ' ',"
                + " coalesce(array_to_string(reloptions, ','), '-')) FROM pg_class WHERE oid = 'shop_replica." + table
                + "'::regclass");
    }

    private static String rows(ReplicaRig rig, String table) throws Exception {
        return rig.destinationValue("SELECT string_agg(id || '=' || n, ' ' ORDER BY id) FROM shop_replica." + table);
    }

    /** Whatever interrupts it: the operator's own indexes, constraints and keys are there when the copy is. */
    @Test
    void keptTablesGetTheirIndexesConstraintsAndKeysBack() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.configure("keep_existing_schema: true\ncopy_max_memory: 1M\n");
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE parent (id INT PRIMARY KEY, code VARCHAR(20))",
                    "CREATE TABLE child (id INT PRIMARY KEY, parent_id INT, note VARCHAR(200))",
                    NumberedRows.insert("parent", "n, CONCAT('c', n)", 1_000),
                    NumberedRows.insert("child", "n, 1 + n % 900, REPEAT('x', 200)", 60_000));
            rig.onDestination(
                    "CREATE SCHEMA shop_replica AUTHORIZATION " + SandboxPostgres.REPLICA_USER,
                    "SET ROLE " + SandboxPostgres.REPLICA_USER,
                    "CREATE TABLE shop_replica.parent (id int PRIMARY KEY, code varchar(20) UNIQUE)",
                    "CREATE TABLE shop_replica.child (id bigint PRIMARY KEY, parent_id int CONSTRAINT \"My key\""
                            + " REFERENCES shop_replica.parent DEFERRABLE INITIALLY DEFERRED, note text CHECK (note <> ''))",
                    "CREATE INDEX \"by Parent\" ON shop_replica.child (parent_id) WHERE id > 5",
                    "CREATE UNIQUE INDEX ON shop_replica.child (parent_id, id)");
            String structure = rig.destinationValue(STRUCTURE);
            assertThat(structure).contains("My key", "by Parent", "parent_code_key");
            rig.register();
            ReplicaProcess copy = rig.begin("init_replica");
            Await.until("the keys are away", Duration.ofSeconds(60), () -> !rig.destinationValue(
                            "SELECT count(*) FROM sch_kameleon.kept_structure")
                    .equals("0"));
            copy.kill();
            assertThat(rig.destinationValue(STRUCTURE)).isNotEqualTo(structure);
            rig.succeeds("init_replica");
            assertThat(rig.destinationValue(STRUCTURE)).isEqualTo(structure);
            assertThat(rig.destinationValue("SELECT count(*) FROM sch_kameleon.kept_structure"))
                    .isEqualTo("0");
            rig.runReplica();
            rig.awaitReplica();
            rig.onSource("INSERT INTO parent VALUES (5000, 'new')", "INSERT INTO child VALUES (90000, 5000, 'n')");
            rig.awaitReplica();
            assertThat(rig.succeeds("sync_tables", "--tables", "shop.parent,shop.child"))
                    .contains("shop.parent was copied again", "shop.child was copied again");
            rig.onSource("DELETE FROM child WHERE id = 90000", "DELETE FROM parent WHERE id = 5000");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.destinationValue(STRUCTURE)).isEqualTo(structure);
        }
    }

    @Test
    void theLogGoesWhereTheConfigurationSaysAndOldOnesGoAway() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            rig.createSchema();
            rig.onSource("CREATE TABLE item (id INT PRIMARY KEY)");
            rig.register();
            rig.succeeds("init_replica");
            String plain = Files.readString(rig.config());
            Files.writeString(rig.config(), "log_days_keep: 2\n" + plain);
            Path logs = Files.createDirectories(directory.resolve("logs"));
            Path old = Files.createFile(logs.resolve("shop." + day(5) + ".0.log"));
            Path young = Files.createFile(logs.resolve("shop." + day(1) + ".0.log"));
            rig.succeeds("start_replica");
            Await.until("the old log goes", Duration.ofSeconds(20), () -> !Files.exists(old));
            assertThat(young).exists();
            Await.until(
                    "it logs into its file", Duration.ofSeconds(20), () -> Files.readString(logs.resolve("shop.log"))
                            .contains("Replica started source=shop"));
            rig.succeeds("stop_replica");
            Files.delete(logs.resolve("shop.log"));
            Files.writeString(rig.config(), "log_dest: stdout\n" + plain);
            ReplicaProcess start = rig.begin("start_replica");
            Await.until("it has started", Duration.ofSeconds(60), () -> !start.isAlive());
            assertThat(start.log()).contains("Replica started source=shop", "Replica of 'shop' started, pid ");
            assertThat(logs.resolve("shop.log")).doesNotExist();
        }
    }

    private static String day(int daysAgo) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo).toString();
    }
}
