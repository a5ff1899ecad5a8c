package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions that log less than whole rows, or changes of JSON documents only: what they logged is written and nothing else, and a
 * row that cannot be placed costs its table another copy (F4).
 */
class PartialImagesIT {
    private static final long SEED = Long.getLong("kameleon.it.seed", 5);
    private static final int IDS = 60;
    private static final long PACE_NANOS = 2_000_000;

    /** MySQL logs it where it changes. */
    private static final String COMPUTED = " twice INT AS (amount * 2) STORED,";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE item (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40), note TEXT, picture BLOB,"
                    + " amount INT NOT NULL DEFAULT 7, price DECIMAL(8,2) DEFAULT 1.50, kind ENUM('a','b') NOT NULL,"
                    + " required INT NOT NULL, code BINARY(4) NOT NULL, day DATE NOT NULL DEFAULT '2020-02-03', flag BIT(1),"
                    + COMPUTED
                    + " document JSON, changed TIMESTAMP(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3))",
            "CREATE TABLE seat (label VARCHAR(10) NOT NULL, guest INT, note TEXT, UNIQUE KEY (label), UNIQUE KEY (guest))",
            "CREATE TABLE computed (id INT PRIMARY KEY, a INT, b INT, thrice INT AS (a * 3) VIRTUAL,"
                    + " fourfold INT AS (a * 4) STORED)",
            "CREATE TABLE keyless (a INT, b TEXT, c INT DEFAULT 5, d VARCHAR(20))");

    /** Columns without a default get one all the same, which the log then lacks. */
    private static final String LENIENT = "SET SESSION sql_mode = ''";

    private static final List<String> DOCUMENTS = List.of(
            "'{\"a\": [1, 2, {\"x\": \"quoted \\\\\"text\\\\\" and more than enough of it to be worth a partial update\"}], \"b c\": null}'",
            "'[10, 2.5, \"text\", {\"k\": true, \"longer\": [1, [2, 3]]}, \"padding padding padding padding padding\"]'",
            "'\"only a text\"'",
            "NULL");

    @TempDir
    Path directory;

    private final AtomicLong statements = new AtomicLong();
    private volatile boolean stopping;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void rowsThatLackColumnsAreWrittenExactly(SourceKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            for (String table : TABLES) {
                rig.onSource(kind == SourceKind.MARIADB ? table.replace(COMPUTED, "") : table);
            }
            rig.register();
            Future<?> load = threads.submit(() -> load(rig, kind));
            rig.succeeds("init_replica");
            rig.runReplica();
            rig.awaitReplica();
            rig.succeeds("sync_tables", "--tables", rig.source().schema() + ".item");
            endLoad(load);
            rig.awaitReplica();
            rig.awaitNothingToCopy();
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            stream(rig, kind);
            aRowThatIsNotThereCostsItsTableAnotherCopy(rig);
            computedColumnsStayRight(rig, kind);
        } finally {
            stopping = true;
            threads.shutdownNow();
        }
    }

    private void endLoad(Future<?> load) throws Exception {
        Await.until("statements ran", Duration.ofSeconds(60), () -> statements.get() >= 500 || load.isDone());
        stopping = true;
        load.get(30, TimeUnit.SECONDS);
    }

    /** Behind the consistent point nothing is copied again: every row is placed. */
    private void stream(ReplicaRig rig, SourceKind kind) throws SQLException {
        String copies = "SELECT count(*) FROM sch_kameleon.resync";
        String before = rig.destinationValue(copies);
        var random = new Random(SEED + 1);
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            statement.execute(LENIENT);
            for (int i = 0; i < 1_500; i++) {
                execute(statement, change(random, kind));
            }
        }
        rig.awaitReplica();
        rig.assertSidesAreEqual();
        assertThat(rig.destinationValue(copies)).isEqualTo(before);
        assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"disabled\" : 0");
    }

    private static void aRowThatIsNotThereCostsItsTableAnotherCopy(ReplicaRig rig) throws SQLException {
        rig.onSource(
                LENIENT, "SET SESSION binlog_row_image = MINIMAL", "INSERT INTO item (id, name) VALUES (9999, 'here')");
        rig.awaitReplica();
        assertThat(rig.destinationValue("DELETE FROM " + ReplicaRig.DESTINATION + ".item WHERE id = 9999 RETURNING id"))
                .isEqualTo("9999");
        rig.onSource("SET SESSION binlog_row_image = MINIMAL", "UPDATE item SET name = 'where?' WHERE id = 9999");
        rig.awaitReplica();
        rig.awaitNothingToCopy();
        rig.awaitReplica();
        rig.assertSidesAreEqual();
        assertThat(rig.succeeds("show_errors")).contains("ROW_IMAGE_INCOMPLETE");
    }

    /** MariaDB leaves them out of the log where MySQL does not: 11.4 of images that are not FULL, 11.8 of all updates. */
    private static void computedColumnsStayRight(ReplicaRig rig, SourceKind kind) throws SQLException {
        rig.onSource(
                "INSERT INTO computed (id, a, b) VALUES (1, 2, 3), (2, 3, 4)",
                "UPDATE computed SET a = 9 WHERE id = 2",
                "SET SESSION binlog_row_image = MINIMAL",
                "UPDATE computed SET a = 5, b = 6 WHERE id = 1");
        rig.awaitReplica();
        rig.awaitNothingToCopy();
        rig.awaitReplica();
        rig.assertSidesAreEqual();
        assertThat(rig.destinationValue("SELECT count(*) FROM sch_kameleon.resync WHERE table_name = 'computed'"))
                .isEqualTo(kind == SourceKind.MARIADB ? "1" : "0");
    }

    private Void load(ReplicaRig rig, SourceKind kind) throws SQLException {
        var random = new Random(SEED);
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            statement.execute(LENIENT);
            while (!stopping) {
                execute(statement, change(random, kind));
                statements.incrementAndGet();
                LockSupport.parkNanos(PACE_NANOS);
            }
        }
        return null;
    }

    private static void execute(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLIntegrityConstraintViolationException e) {
            // Two rows would have had one value: nothing was changed.
        }
    }

    private static String change(Random random, SourceKind kind) {
        int id = 1 + random.nextInt(IDS);
        int other = 1 + random.nextInt(IDS);
        return switch (random.nextInt(20)) {
            case 0, 1 -> "SET SESSION binlog_row_image = " + pick(random, "MINIMAL", "NOBLOB", "FULL");
            case 2 ->
                kind == SourceKind.MYSQL
                        ? "SET SESSION binlog_row_value_options = " + pick(random, "PARTIAL_JSON", "''")
                        : "SET SESSION binlog_row_image = MINIMAL";
            case 3, 4 ->
                "INSERT INTO item (id, name, document) VALUES (" + id + ", 'n" + other + "', "
                        + DOCUMENTS.get(random.nextInt(DOCUMENTS.size())) + ")";
            case 5 ->
                "INSERT INTO item (id, note, amount, kind) VALUES (" + id + ", REPEAT('n', 50), " + other + ", 'b')";
            case 6 -> "UPDATE item SET amount = amount + 1, price = NULL WHERE id = " + id;
            case 7 -> "UPDATE item SET note = CONCAT('n', " + other + "), flag = b'1' WHERE id < " + id + " LIMIT 3";
            case 8 -> "UPDATE item SET id = " + other + ", name = 'moved' WHERE id = " + id;
            case 9 -> "DELETE FROM item WHERE id = " + id;
            case 10 ->
                "UPDATE item SET document = JSON_SET(document, '$.a[1]', " + other + ", '$.z', 'new') WHERE id = " + id;
            case 11 ->
                "UPDATE item SET document = JSON_REMOVE(document, '$.a[0]', '$.\"b c\"'), name = 'x' WHERE id = " + id;
            case 12 ->
                "UPDATE item SET document = JSON_REPLACE(document, '$[3].longer[1][0]', CAST('[\"y\", 1e3]' AS "
                        + (kind == SourceKind.MYSQL ? "JSON" : "CHAR") + ")) WHERE id = " + id;
            case 13 -> "UPDATE item SET document = JSON_ARRAY_INSERT(document, '$[1]', " + other + ") WHERE id = " + id;
            case 14 -> "INSERT INTO seat VALUES ('s" + id + "', " + other + ", 'note')";
            case 15 -> "UPDATE seat SET guest = " + other + " WHERE label = 's" + id + "'";
            case 16 -> "UPDATE seat SET label = 's" + other + "', note = NULL WHERE label = 's" + id + "'";
            case 17 -> "DELETE FROM seat WHERE guest = " + id;
            case 18 -> "INSERT INTO keyless (a, b) VALUES (" + id % 5 + ", 'text'), (" + other % 5 + ", NULL)";
            default ->
                random.nextBoolean()
                        ? "UPDATE keyless SET d = 'd" + other + "' WHERE a = " + id % 5 + " LIMIT 1"
                        : "DELETE FROM keyless WHERE a = " + id % 5 + " LIMIT 1";
        };
    }

    private static String pick(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }
}
