package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a detach PostgreSQL is a database of its own, with all that the source's server did by itself. */
class DetachIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void theApplicationWorksAtOnceAndTheReportNamesTheViolatedKey(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig);
            rig.succeeds("start_replica");
            insertAndDelete(rig);
            CommandResult result = rig.kameleon("detach_replica", "--source", "shop", "--yes");
            String schema = rig.source().schema();
            assertThat(result.out())
                    .as(result.err())
                    .startsWith("Source 'shop' is detached: 5 tables, 4 of 6 foreign keys hold.\n")
                    .containsPattern(schema + "\\.invoice +invoice_customer +not valid +2 row\\(s\\)")
                    .containsPattern(
                            schema + "\\.loose +loose_code +not made +the columns that it refers to have no unique key")
                    .contains("Note: Column 'total' of " + schema
                            + ".item was computed by the source; in PostgreSQL it is a plain column.");
            assertThat(result.code()).isEqualTo(1);
            assertThat(rig.kameleon("show_status", "--source", "shop").err()).startsWith("SOURCE_UNKNOWN");
            assertNumbersGoOn(rig);
            assertKeysAct(rig);
            assertTriggerFires(rig);
            assertThat(directory.resolve("kafka/shop")).exists();
        }
    }

    /** Killed in the middle it is run again; what it had begun is not replicated any more meanwhile. */
    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void killedInTheMiddleItIsRunAgainAndCompletes(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig);
            rig.runReplica();
            insertAndDelete(rig);
            rig.awaitReplica();
            try (Connection blocker = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                    Statement lock = blocker.createStatement()) {
                blocker.setAutoCommit(false);
                lock.execute("LOCK TABLE shop_replica.item");
                ReplicaProcess detaching = rig.begin("detach_replica --yes --drop-topics");
                Await.until("the detach waits for the table", PATIENCE, () -> "1"
                        .equals(rig.destinationValue("SELECT count(*) FROM pg_locks WHERE NOT granted"
                                + " AND relation = 'shop_replica.item'::regclass")));
                detaching.kill();
            }
            assertThat(rig.kameleon("start_replica", "--source", "shop").err())
                    .isEqualTo("WRONG_STATE: The source is being detached: its schemas in PostgreSQL are on their own"
                            + " {source=shop}. End it with 'kameleon detach_replica --source shop'.");
            assertThat(rig.kameleon("init_replica", "--source", "shop").err()).startsWith("WRONG_STATE");
            CommandResult again =
                    rig.kameleon("detach_replica", "--source", "shop", "--yes", "--drop-topics", "--format", "json");
            assertThat(again.out()).as(again.err()).contains("\"name\" : \"invoice_customer\"", "\"not valid\"");
            assertNumbersGoOn(rig);
            assertKeysAct(rig);
            assertTriggerFires(rig);
            assertThat(Files.exists(directory.resolve("kafka/shop"))).isFalse();
        }
    }

    @Test
    void withoutItsSourceItGoesByTheTrackedDefinitionsAndSaysWhatIsNotKnown() throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(SourceKind.MARIADB, directory)) {
            begin(rig);
            rig.runReplica();
            rig.onSource("ALTER TABLE category ADD COLUMN changed_at DATETIME(3) ON UPDATE CURRENT_TIMESTAMP(3)");
            rig.awaitReplica();
            rig.source().sandbox().orElseThrow().close();
            String said =
                    rig.kameleon("detach_replica", "--source", "shop", "--yes").out();
            assertThat(said)
                    .contains("Note: The source could not be reached: what it committed behind ")
                    .contains(
                            "Note: The source could not be asked for its AUTO_INCREMENT values: numbers go on behind the"
                                    + " largest of each table.");
            sql(rig, "UPDATE shop_replica.category SET name = 'changed' WHERE id = 1");
            assertThat(rig.destinationValue("SELECT changed_at IS NOT NULL FROM shop_replica.category WHERE id = 1"))
                    .isEqualTo("t");
            sql(rig, "INSERT INTO shop_replica.customer (name) VALUES ('own')");
        }
    }

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void aDisabledTableIsNotLeftBehindUnnoticed(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.configure("auto_resync: false\n");
            begin(rig);
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            assertWaitsNoLongerThanItIsTold(rig);
            assertThat(replica.isAlive()).isTrue();
            rig.onSource(
                    "SET SESSION binlog_format = 'STATEMENT'",
                    "DELETE FROM loose WHERE code = 1",
                    "SET SESSION binlog_format = 'ROW'");
            rig.awaitReplica();
            assertThat(rig.kameleon("detach_replica", "--source", "shop", "--yes")
                            .err())
                    .isEqualTo("WRONG_STATE: PostgreSQL does not have everything: Table "
                            + rig.source().schema() + ".loose is not up to date, it is disabled {source=shop}. Mend it"
                            + " ('kameleon show_status --source shop', 'kameleon sync_tables'), or detach all the same with"
                            + " --accept-differences.");
            assertThat(replica.isAlive()).isTrue();
            CommandResult asked = rig.kameleon("detach_replica", "--source", "shop", "--accept-differences");
            assertThat(asked.code()).isEqualTo(2);
            assertThat(asked.err()).contains("loose is not up to date", "Give --yes to confirm");
            try (var busy = new Busy(rig)) {
                assertThat(rig.kameleon("detach_replica", "--source", "shop", "--yes", "--accept-differences")
                                .out())
                        .contains(
                                "loose is not up to date, it is disabled.",
                                "Note: The source went on: its binlog ends at ");
                assertThat(busy.thread().isAlive()).isTrue();
            }
        }
    }

    /** Somebody who goes on writing to the source, in a schema that is not replicated. */
    private record Busy(ReplicaRig rig, Thread thread) implements AutoCloseable {
        Busy(ReplicaRig rig) throws SQLException {
            this(rig, new Thread(() -> write(rig)));
            rig.onSource("CREATE DATABASE " + schema(rig), "CREATE TABLE " + schema(rig) + ".t (id INT)");
            thread.start();
        }

        private static String schema(ReplicaRig rig) {
            return rig.source().schema() + "_busy";
        }

        private static void write(ReplicaRig rig) {
            try (Connection connection = rig.source().connect(schema(rig));
                    Statement statement = connection.createStatement()) {
                while (!Thread.interrupted()) {
                    statement.execute("INSERT INTO t VALUES (1)");
                    LockSupport.parkNanos(5_000_000);
                }
            } catch (SQLException e) {
                throw new AssertionError("the source takes no rows", e);
            }
        }

        @Override
        public void close() throws Exception {
            thread.interrupt();
            thread.join();
            rig.onSource("DROP DATABASE " + schema(rig));
        }
    }

    /** What cannot be replayed in time leaves everything as it was. */
    private static void assertWaitsNoLongerThanItIsTold(ReplicaRig rig) throws SQLException {
        try (Connection blocker = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("LOCK TABLE shop_replica.category");
            rig.onSource("INSERT INTO category (name) VALUES ('waits')");
            assertThat(rig.kameleon("detach_replica", "--source", "shop", "--yes", "--timeout", "1")
                            .err())
                    .startsWith("TIMED_OUT: Not caught up within 1 s: replay is at offset ");
        }
    }

    private static void begin(ReplicaRig rig) throws Exception {
        rig.createSchema();
        rig.onSource(
                "CREATE TABLE customer (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40),"
                        + " region INT NOT NULL DEFAULT 1, KEY by_region (region))",
                "CREATE TABLE category (id SMALLINT AUTO_INCREMENT PRIMARY KEY, parent SMALLINT, name VARCHAR(40),"
                        + " CONSTRAINT category_parent FOREIGN KEY (parent) REFERENCES category (ID) ON DELETE SET NULL)",
                "CREATE TABLE invoice (customer INT, id BIGINT UNSIGNED AUTO_INCREMENT, category SMALLINT,"
                        + " note VARCHAR(40), changed_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP"
                        + " ON UPDATE CURRENT_TIMESTAMP, PRIMARY KEY (id, customer),"
                        + " CONSTRAINT invoice_customer FOREIGN KEY (customer) REFERENCES customer (id) ON DELETE CASCADE"
                        + " ON UPDATE CASCADE,"
                        + " CONSTRAINT invoice_category FOREIGN KEY (category) REFERENCES category (id))",
                "CREATE TABLE item (id INT AUTO_INCREMENT PRIMARY KEY, invoice BIGINT UNSIGNED, customer INT,"
                        + " price INT NOT NULL, total INT AS (price * 2) STORED,"
                        + " CONSTRAINT item_invoice FOREIGN KEY (invoice, customer) REFERENCES invoice (id, customer)"
                        + " ON DELETE CASCADE ON UPDATE CASCADE)");
        rig.onSource(looseKey(rig));
        rig.onSource(
                "INSERT INTO customer (name) VALUES ('a'), ('b'), ('c')",
                "INSERT INTO category (parent, name) VALUES (NULL, 'root'), (1, 'leaf')",
                "INSERT INTO invoice (customer, category) VALUES (1, 1), (2, 2)",
                "INSERT INTO item (invoice, customer, price) VALUES (1, 1, 5), (2, 2, 6)",
                "SET SESSION foreign_key_checks = 0",
                "INSERT INTO invoice (id, customer) VALUES (100, 77), (101, 78)",
                "SET SESSION foreign_key_checks = 1",
                "INSERT INTO loose VALUES (1, 1, NULL)");
        rig.register();
        rig.succeeds("init_replica");
    }

    /** Beyond the largest id there is one that was given already. */
    private static void insertAndDelete(ReplicaRig rig) throws SQLException {
        rig.onSource("INSERT INTO customer (name, region) VALUES ('streamed', 2)", "DELETE FROM customer WHERE id = 4");
    }

    /** A key on columns without a unique key, which MySQL refuses unless it is told otherwise. */
    private static String[] looseKey(ReplicaRig rig) {
        String table = "CREATE TABLE loose (code INT PRIMARY KEY, region INT, up INT,"
                + " CONSTRAINT loose_code FOREIGN KEY (region) REFERENCES customer (region),"
                + " CONSTRAINT loose_up FOREIGN KEY (up) REFERENCES loose (code))";
        return rig.source().type().equals("mysql")
                ? new String[] {"SET SESSION restrict_fk_on_non_standard_key = OFF", table}
                : new String[] {table};
    }

    private static void assertNumbersGoOn(ReplicaRig rig) throws SQLException {
        sql(
                rig,
                "INSERT INTO shop_replica.customer (name) VALUES ('own')",
                "INSERT INTO shop_replica.category (name) VALUES ('own')",
                "INSERT INTO shop_replica.invoice (customer, category) VALUES (1, 3)",
                "INSERT INTO shop_replica.item (invoice, customer, price) VALUES (102, 1, 1)");
        assertThat(rig.destinationValue("SELECT max(id) FROM shop_replica.customer"))
                .isEqualTo("5");
        assertThat(rig.destinationValue("SELECT max(id) FROM shop_replica.invoice"))
                .isEqualTo("102");
        assertThat(rig.destinationValue("SELECT max(id) FROM shop_replica.item"))
                .isEqualTo("3");
    }

    private static void assertKeysAct(ReplicaRig rig) throws SQLException {
        assertThat(refusal(rig, "INSERT INTO shop_replica.item (invoice, customer, price) VALUES (1, 2, 1)"))
                .isEqualTo("23503");
        assertThat(refusal(rig, "INSERT INTO shop_replica.invoice (customer) VALUES (99)"))
                .as("a key that is not valid holds for new rows")
                .isEqualTo("23503");
        sql(rig, "UPDATE shop_replica.customer SET id = 50 WHERE id = 2");
        assertThat(rig.destinationValue("SELECT customer FROM shop_replica.item WHERE id = 2"))
                .as("a change of a key goes through two tables")
                .isEqualTo("50");
        sql(rig, "DELETE FROM shop_replica.customer WHERE id = 50");
        assertThat(rig.destinationValue("SELECT count(*) FROM shop_replica.item WHERE id = 2"))
                .isEqualTo("0");
        assertThat(refusal(rig, "DELETE FROM shop_replica.category WHERE id = 1"))
                .isEqualTo("23503");
        sql(rig, "UPDATE shop_replica.invoice SET category = NULL", "DELETE FROM shop_replica.category WHERE id = 1");
        assertThat(rig.destinationValue("SELECT parent IS NULL FROM shop_replica.category WHERE id = 2"))
                .isEqualTo("t");
    }

    private static void assertTriggerFires(ReplicaRig rig) throws SQLException {
        sql(
                rig,
                "UPDATE shop_replica.invoice SET changed_at = '2001-01-01' WHERE id = 1",
                "UPDATE shop_replica.invoice SET note = note WHERE id = 1");
        assertThat(rig.destinationValue("SELECT changed_at < '2002-01-01' FROM shop_replica.invoice WHERE id = 1"))
                .as("set by hand, and not by a change of nothing")
                .isEqualTo("t");
        sql(rig, "UPDATE shop_replica.invoice SET note = 'changed' WHERE id = 1");
        assertThat(rig.destinationValue("SELECT changed_at > '2002-01-01' FROM shop_replica.invoice WHERE id = 1"))
                .isEqualTo("t");
    }

    private static void sql(ReplicaRig rig, String... statements) throws SQLException {
        try (Connection connection = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String refusal(ReplicaRig rig, String sql) {
        try {
            sql(rig, sql);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
