package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables are copied again while their source streams on (F30, F36, F39, F46). */
class ResyncIT {
    private static final int ROWS = 20_000;
    private static final int ACCOUNTS = 200;
    /** Between two transactions, so that replay keeps up on a busy machine. */
    private static final long PACE_NANOS = 10_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SUM =
            "SELECT (SELECT sum(balance) FROM %1$s.debit) + (SELECT sum(balance) FROM %1$s.credit)"
                    .formatted(ReplicaRig.DESTINATION);

    @TempDir
    Path directory;

    private volatile boolean stopping;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void tablesWithAndWithoutKeyAreCopiedAgainUnderLoadWhileOthersStayConsistent(SourceKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig, "");
            rig.runReplica();
            rig.awaitReplica();
            Future<Set<Long>> sums = threads.submit(() -> sumsSeen(rig.postgres()));
            Future<Long> load = threads.submit(() -> load(rig));
            String schema = rig.source().schema();
            rig.succeeds("sync_tables", "--tables", schema + ".keyed," + schema + ".keyless");
            rig.succeeds("sync_tables", "--tables", schema + ".keyless," + schema + ".keyed");
            stopping = true;
            assertThat(load.get(30, TimeUnit.SECONDS)).as("transactions").isPositive();
            rig.awaitReplica();
            assertThat(sums.get(30, TimeUnit.SECONDS)).as("sums seen").containsExactly(2_000L * ACCOUNTS);
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("show_status", "--format", "json"))
                    .contains(
                            "\"disabled\" : 0",
                            "\"copying\" : 0",
                            "\"discarded_rows\" : 0",
                            "\"skipped_rows\" : 0",
                            "\"consistent\" : true");
            assertThat(loadingSchemas(rig)).isEqualTo("0");
        } finally {
            stopping = true;
            threads.shutdownNow();
        }
    }

    /** DEMAND F30: values that only the source knows. */
    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void statementsWhoseEffectOnlyTheSourceKnowsLeadToEqualTablesByThemselves(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig, "");
            rig.runReplica();
            rig.awaitReplica();
            // MySQL refuses a statement whose values differ from server to server.
            String unique = kind == SourceKind.MARIADB
                    ? "VARCHAR(40) NOT NULL DEFAULT (uuid())"
                    : "VARCHAR(90) AS (CONCAT(name, '-', id)) STORED";
            rig.onSource(
                    "ALTER TABLE keyless ADD COLUMN id INT NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST",
                    "INSERT INTO keyless (a, b) VALUES (1, 'after')",
                    "ALTER TABLE keyed ADD COLUMN unique_id " + unique,
                    "UPDATE keyed SET name = 'after' WHERE id = 5",
                    "SET SESSION binlog_format = 'STATEMENT'",
                    "UPDATE debit SET balance = balance + 1",
                    "SET SESSION binlog_format = 'ROW'",
                    "UPDATE credit SET balance = balance - 1");
            rig.awaitReplica();
            rig.awaitNothingToCopy();
            rig.onSource("UPDATE keyless SET b = 'later' WHERE id = 7", "UPDATE debit SET balance = 0 WHERE id = 3");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
        }
    }

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void aDisabledTableComesBackWhenItIsAskedFor(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig, "auto_resync: false\n");
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            assertThat(rig.succeeds("sync_tables", "--tables", "disabled"))
                    .isEqualTo("No table of the source is disabled.\n");
            String schema = rig.source().schema();
            rig.onSource(
                    "SET SESSION binlog_format = 'STATEMENT'",
                    "DELETE FROM keyed WHERE id > 100",
                    "SET SESSION binlog_format = 'ROW'",
                    "INSERT INTO keyed (id, name, code) VALUES (7000001, 'late', 7000001)");
            rig.awaitReplica();
            assertThat(rig.succeeds("show_status"))
                    .contains("Copy it again with 'kameleon sync_tables --source shop --tables " + schema + ".keyed'");
            onDestination(
                    rig,
                    "CREATE SCHEMA views",
                    "CREATE VIEW views.names AS SELECT id, name FROM " + ReplicaRig.DESTINATION + ".keyed");
            assertThat(rig.succeeds("sync_tables", "--tables", "disabled"))
                    .contains(schema + ".keyed was copied again");
            assertThat(rig.destinationValue("SELECT name FROM views.names WHERE id = 7000001"))
                    .as("a view keeps reading the table")
                    .isEqualTo("late");
            rig.onSource("UPDATE keyed SET name = 'at last' WHERE id = 7000001");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            refusesWrongTables(rig, schema);
            replica.terminate();
            assertThat(rig.succeeds("sync_tables", "--tables", schema + ".debit"))
                    .isEqualTo("Asked for [" + schema
                            + ".debit]. It is done when the replica runs: kameleon start_replica --source shop\n");
        }
    }

    /** DEMAND F46. */
    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void aRefusedRowHasItsTableCopiedAgainWhenThePolicySaysSo(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig, "on_error_replay: resync\n");
            rig.runReplica();
            rig.awaitReplica();
            onDestination(
                    rig,
                    "ALTER TABLE " + ReplicaRig.DESTINATION + ".keyed ADD CHECK (id <> 7000002)",
                    "GRANT SELECT ON " + ReplicaRig.DESTINATION + ".keyed TO PUBLIC");
            rig.onSource("INSERT INTO keyed (id, name, code) VALUES (7000002, 'refused', NULL)");
            rig.awaitReplica();
            rig.awaitNothingToCopy();
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("show_errors")).contains("keyed");
            assertThat(rig.destinationValue("SELECT relacl::text LIKE '%=r/%' FROM pg_class WHERE oid = '"
                            + ReplicaRig.DESTINATION + ".keyed'::regclass"))
                    .as("privileges are kept")
                    .isEqualTo("t");
        }
    }

    private static void onDestination(ReplicaRig rig, String... statements) throws SQLException {
        try (Connection connection = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void refusesWrongTables(ReplicaRig rig, String schema) {
        assertThat(rig.kameleon("sync_tables", "--source", "shop", "--tables", "keyed"))
                .isEqualTo(new CommandResult(
                        1,
                        "",
                        "TABLE_UNKNOWN: 'keyed' names no table in a replicated schema {source=shop}."
                                + " Write SCHEMA.TABLE by the source's names; its schemas are " + schema + "."));
        assertThat(rig.kameleon("sync_tables", "--source", "shop", "--tables", schema + ".nothing"))
                .isEqualTo(new CommandResult(
                        1,
                        "",
                        "TABLE_UNKNOWN: The source has no table " + schema
                                + ".nothing {source=shop}. Check the name; case counts."));
        assertThat(rig.kameleon("sync_tables", "--source", "shop").code()).isEqualTo(2);
    }

    /** Invariant 1, for the copy beside the stream. */
    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void killedDuringTheCopyItIsDoneAfterTheRestartAndNothingIsLostOrDoubled(SourceKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig, "");
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();
            Future<Long> load = threads.submit(() -> load(rig));
            String schema = rig.source().schema();
            for (int kill = 0; kill < 2; kill++) {
                rig.succeeds("sync_tables", "--no-wait", "--tables", schema + ".keyed," + schema + ".keyless");
                awaitPhase(rig, kill % 2 == 0 ? "copying" : "catching_up");
                replica.kill();
                replica = rig.runReplica();
                rig.awaitReplica();
            }
            rig.awaitNothingToCopy();
            stopping = true;
            assertThat(load.get(30, TimeUnit.SECONDS)).as("transactions").isPositive();
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(loadingSchemas(rig)).isEqualTo("0");
        } finally {
            stopping = true;
            threads.shutdownNow();
        }
    }

    private static void begin(ReplicaRig rig, String sourceKeys) throws Exception {
        rig.configure(sourceKeys);
        rig.createSchema();
        rig.onSource(
                "CREATE TABLE keyed (id INT PRIMARY KEY, name VARCHAR(60), code BIGINT, UNIQUE KEY by_code (code))",
                NumberedRows.insert("keyed (id, name, code)", "n, CONCAT('name ', n), n", ROWS),
                "CREATE TABLE keyless (a INT, b VARCHAR(30))",
                NumberedRows.insert("keyless (a, b)", "n % 100, 'twice or more'", ROWS / 10));
        for (String table : new String[] {"debit", "credit"}) {
            rig.onSource(
                    "CREATE TABLE " + table + " (id INT PRIMARY KEY, balance BIGINT NOT NULL)",
                    NumberedRows.insert(table, "n, 1000", ACCOUNTS));
        }
        rig.register();
        rig.succeeds("init_replica");
    }

    private Set<Long> sumsSeen(RigPostgres postgres) throws SQLException {
        var sums = new TreeSet<Long>();
        try (Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE);
                PreparedStatement query = connection.prepareStatement(SUM)) {
            while (!stopping) {
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    sums.add(row.getLong(1));
                }
            }
        }
        return sums;
    }

    /** Transfers, and in the same transactions all kinds of changes of the tables that are copied. */
    private long load(ReplicaRig rig) throws SQLException {
        var random = new Random(1);
        long count = 0;
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!stopping) {
                int amount = 1 + random.nextInt(50);
                int id = random.nextInt(ROWS);
                int fresh = 1_000_000 + (int) count;
                statement.execute("UPDATE debit SET balance = balance - " + amount + " WHERE id = "
                        + (1 + random.nextInt(ACCOUNTS - 1)));
                statement.execute("UPDATE keyed SET name = CONCAT('changed ', " + count + ") WHERE id = " + id);
                statement.execute("DELETE FROM keyed WHERE id = " + random.nextInt(ROWS));
                statement.execute("INSERT INTO keyed VALUES (" + fresh + ", 'new', " + fresh + ")");
                statement.execute("UPDATE keyed SET id = id + 5000000, code = -id WHERE id = " + (fresh - 3));
                statement.execute("INSERT INTO keyless VALUES (" + id % 100 + ", 'twice or more'), (5, 'x'), (5, 'x')");
                statement.execute("DELETE FROM keyless WHERE a = " + random.nextInt(100) + " LIMIT 2");
                statement.execute("UPDATE keyless SET b = 'changed' WHERE a = " + random.nextInt(100) + " LIMIT 1");
                statement.execute("UPDATE credit SET balance = balance + " + amount + " WHERE id = "
                        + (1 + random.nextInt(ACCOUNTS - 1)));
                connection.commit();
                count++;
                LockSupport.parkNanos(PACE_NANOS);
            }
        }
        return count;
    }

    private static String loadingSchemas(ReplicaRig rig) throws SQLException {
        return rig.destinationValue("SELECT count(*) FROM pg_namespace WHERE nspname LIKE '%sync%'");
    }

    private static void awaitPhase(ReplicaRig rig, String phase) {
        Await.until("a table is " + phase, PATIENCE, () -> !rig.destinationValue(
                        "SELECT count(*) FROM sch_kameleon.resync WHERE phase = '" + phase + "'")
                .equals("0"));
    }
}
