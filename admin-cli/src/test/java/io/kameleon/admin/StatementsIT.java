package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements in the stream, between rows. */
class StatementsIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void everydayStatementsBetweenRowsLeaveBothSidesEqual(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            begin(rig);
            rig.onSource(
                    "ALTER TABLE item ADD COLUMN colour VARCHAR(20) DEFAULT 'red', ADD COLUMN size INT NOT NULL DEFAULT 7 FIRST",
                    "INSERT INTO item (id, name, price, colour) VALUES (10, 'ten', 1.5, 'blue'), (11, 'elf', 2.5, '')",
                    "ALTER TABLE item DROP COLUMN note",
                    "UPDATE item SET size = id, name = CONCAT(name, '!') WHERE id > 5",
                    "ALTER TABLE item MODIFY COLUMN price DECIMAL(20,4), MODIFY COLUMN name TEXT",
                    "INSERT INTO item (id, name, price) VALUES (12, 'twelve', 12345678901234.5678)",
                    "ALTER TABLE item CHANGE COLUMN colour tint VARCHAR(30) NOT NULL DEFAULT 'none'",
                    "INSERT INTO item (id, name, price, tint) VALUES (13, 'thirteen', NULL, 'green')",
                    "ALTER TABLE item RENAME COLUMN size TO extent",
                    "UPDATE item SET extent = extent + 1",
                    "ALTER TABLE item ADD INDEX by_tint (tint), ADD UNIQUE KEY by_extent (extent, id)",
                    "CREATE TABLE fresh (id INT PRIMARY KEY, item_id INT, at DATETIME(3), KEY (item_id))",
                    "INSERT INTO fresh VALUES (1, 10, '2024-02-29 12:00:00.125'), (2, NULL, NULL)",
                    "RENAME TABLE fresh TO renamed, emptied TO emptied_again",
                    "INSERT INTO renamed VALUES (3, 11, '1999-12-31 23:59:59.999')",
                    "INSERT INTO emptied_again VALUES (3), (4)",
                    "TRUNCATE TABLE emptied_again",
                    "INSERT INTO emptied_again VALUES (5)",
                    "DROP TABLE dropped",
                    "DELETE FROM item WHERE id = 2",
                    "DELETE FROM keyless WHERE a = 2 LIMIT 1",
                    "INSERT INTO keyless VALUES (1, 'one'), (1, 'one')");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.destinationValue("SELECT to_regclass('" + ReplicaRig.DESTINATION + ".dropped')"))
                    .as("the dropped table")
                    .isNull();
            assertThat(rig.destinationValue("SELECT count(*) FROM pg_indexes WHERE schemaname = '"
                            + ReplicaRig.DESTINATION + "' AND tablename = 'item'"))
                    .as("indexes of item: primary key, by_tint, by_extent")
                    .isEqualTo("3");
        }
    }

    /** Invariant 6: nothing disappears silently, and what cannot be followed stops its own table only. */
    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void aStatementThatCannotBeFollowedDisablesItsTableOnly(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.configure("auto_resync: false\n");
            begin(rig);
            rig.onSource(
                    "SET SESSION binlog_format = 'STATEMENT'",
                    "UPDATE dropped SET id = id + 100",
                    "SET SESSION binlog_format = 'ROW'",
                    "INSERT INTO item (id, name) VALUES (20, 'goes on')",
                    "INSERT INTO dropped VALUES (7)");
            rig.awaitReplica();
            String id = rig.source().schema() + ".dropped";
            assertThat(rig.succeeds("show_status"))
                    .contains(id + " is disabled: ")
                    .contains("logged as text, not as rows")
                    .doesNotContain(rig.source().schema() + ".item is");
            assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"disabled\" : 1");
            assertThat(rig.succeeds("show_errors")).contains(id);
            assertThat(rig.destinationValue("SELECT name FROM " + ReplicaRig.DESTINATION + ".item WHERE id = 20"))
                    .isEqualTo("goes on");
            assertThat(rig.destinationValue("SELECT count(*) FROM " + ReplicaRig.DESTINATION + ".dropped"))
                    .as("the disabled table stays as it was")
                    .isEqualTo("2");
            rig.onSource("RENAME TABLE dropped TO moved, emptied TO dropped", "INSERT INTO dropped VALUES (9)");
            rig.awaitReplica();
            assertThat(rig.succeeds("show_status"))
                    .as("the disabled table under its new name; another one has the old name")
                    .contains(rig.source().schema() + ".moved is disabled: ")
                    .doesNotContain(id + " is disabled");
            assertThat(rig.destinationValue("SELECT count(*) FROM " + ReplicaRig.DESTINATION + ".dropped WHERE id = 9"))
                    .isEqualTo("1");
        }
    }

    private static void begin(ReplicaRig rig) throws Exception {
        rig.createSchema();
        createTables(rig);
        rig.register();
        rig.succeeds("init_replica");
        rig.runReplica();
        rig.awaitReplica();
    }

    private static void createTables(ReplicaRig rig) throws SQLException {
        rig.onSource(
                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), note TEXT, price DECIMAL(10,2))",
                "INSERT INTO item VALUES (1, 'one', 'a', 1.10), (2, 'two', NULL, 2), (6, 'six', 'ß', NULL)",
                "CREATE TABLE emptied (id INT PRIMARY KEY)",
                "INSERT INTO emptied VALUES (1), (2)",
                "CREATE TABLE dropped (id INT PRIMARY KEY)",
                "INSERT INTO dropped VALUES (1), (2)",
                "CREATE TABLE keyless (a INT, b VARCHAR(10))",
                "INSERT INTO keyless VALUES (1, 'one'), (2, 'two'), (2, 'two'), (NULL, NULL)");
    }
}
