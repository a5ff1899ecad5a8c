package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** XA transactions (form 65): what was prepared comes into being where it is committed, whatever lies between. */
class XaIT {
    private static final int MANY = 5_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void preparedRowsArriveWithTheirCommit(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            rig.onSource(
                    "CREATE TABLE account (id INT PRIMARY KEY, amount INT, note VARCHAR(100))",
                    "CREATE TABLE entry (id INT, amount INT)",
                    "INSERT INTO account VALUES (1, 100, 'a'), (2, 100, 'b'), (3, 100, 'c')");
            prepare(rig, "early", "UPDATE account SET note = 'prepared before the copy' WHERE id = 3");
            rig.register();
            rig.succeeds("init_replica");
            ReplicaProcess replica = rig.runReplica();
            rig.awaitReplica();

            aPreparedTransactionWaits(rig);
            rollbackLeavesNothing(rig);
            rig.onSource(
                    "XA START 'whole'",
                    "INSERT INTO entry VALUES (7, 70)",
                    "XA END 'whole'",
                    "XA COMMIT 'whole' ONE PHASE");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"disabled\" : 0");

            aRestartForgetsNothing(rig, replica);
            assertThat(rig.destinationValue("SELECT count(*) FROM sch_kameleon.resync"))
                    .isEqualTo("0");
            whatWasPreparedBeforeTheCopyIsCopiedAgain(rig);
        }
    }

    private static void aPreparedTransactionWaits(ReplicaRig rig) throws SQLException {
        prepare(
                rig,
                "transfer",
                "UPDATE account SET amount = amount - 10 WHERE id = 1",
                "SAVEPOINT a",
                "INSERT INTO account VALUES (10, 10, 'new')");
        rig.onSource(
                "INSERT INTO entry VALUES (1, 1)", "UPDATE account SET amount = 200 WHERE id = 2", "FLUSH BINARY LOGS");
        rig.awaitReplica();
        rig.assertSidesAreEqual();
        rig.onSource("XA COMMIT 'transfer'", "UPDATE account SET amount = amount + 1 WHERE id = 10");
        rig.awaitReplica();
        rig.assertSidesAreEqual();
    }

    private static void rollbackLeavesNothing(ReplicaRig rig) throws SQLException {
        prepare(rig, "void", "DELETE FROM account WHERE id = 10");
        rig.onSource(
                "INSERT INTO entry VALUES (2, 2)",
                "XA ROLLBACK 'void'",
                "UPDATE account SET note = 'kept' WHERE id = 10");
        rig.awaitReplica();
        rig.assertSidesAreEqual();
    }

    private static void aRestartForgetsNothing(ReplicaRig rig, ReplicaProcess replica) throws Exception {
        prepare(rig, "large", NumberedRows.insert("account (id, amount, note)", "n + 1000, n, REPEAT('x', 50)", MANY));
        prepare(rig, "second','branch", "UPDATE account SET amount = -1 WHERE id = 1");
        rig.onSource("INSERT INTO entry VALUES (3, 3)");
        rig.awaitReplica();
        replica.kill();
        rig.onSource("INSERT INTO entry VALUES (4, 4)", "FLUSH BINARY LOGS", "INSERT INTO entry VALUES (5, 5)");
        ReplicaProcess second = rig.runReplica();
        rig.awaitReplica();
        rig.assertSidesAreEqual();
        rig.onSource("XA COMMIT 'large'");
        rig.awaitReplica();
        second.kill();
        rig.onSource("XA COMMIT 'second','branch'", "UPDATE account SET amount = amount - 1 WHERE id = 1");
        rig.runReplica();
        rig.awaitReplica();
        rig.assertSidesAreEqual();
    }

    private static void whatWasPreparedBeforeTheCopyIsCopiedAgain(ReplicaRig rig) throws SQLException {
        rig.onSource("XA COMMIT 'early'");
        rig.awaitReplica();
        Await.until("nothing is to be copied again", Duration.ofSeconds(60), () -> rig.destinationValue(
                        "SELECT count(*) FROM sch_kameleon.resync WHERE phase = 'done'")
                .equals("2"));
        rig.awaitReplica();
        rig.assertSidesAreEqual();
    }

    /** In a session of its own, which ends, so that another one can bring it to its end. */
    private static void prepare(ReplicaRig rig, String name, String... statements) throws SQLException {
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            statement.execute("XA START '" + name + "'");
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("XA END '" + name + "'");
            statement.execute("XA PREPARE '" + name + "'");
        }
    }
}
