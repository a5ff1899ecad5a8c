package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said before anything is done: {@code ddl_explain} and {@code check_source}. */
class ExplainIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void aStatementIsExplainedWithoutBeingRunAndASourceIsCheckedBeforeItsCopy(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            rig.onSource(
                    "SET SESSION sql_mode = ''",
                    "CREATE TABLE orders (id INT PRIMARY KEY, name VARCHAR(20), at DATETIME, flag TINYINT(1), UNIQUE KEY (name))",
                    "INSERT INTO orders VALUES (1, 'a', '0000-00-00', 1), (2, CONCAT('b', CHAR(0)), NULL, 0)",
                    "CREATE TABLE parts (id INT) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10),"
                            + " PARTITION p1 VALUES LESS THAN MAXVALUE)",
                    "CREATE TABLE child (id INT PRIMARY KEY, order_id INT, FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE"
                            + " CASCADE)",
                    "CREATE TABLE _orders_gho (id INT PRIMARY KEY)",
                    "CREATE VIEW v AS SELECT 1");
            explain(rig);
            check(rig, kind);
            rig.register();
            rig.succeeds("init_replica");
            rig.runReplica();
            rig.awaitReplica();
            rig.onSource("ALTER TABLE orders ADD COLUMN streamed INT");
            rig.awaitReplica();
            assertThat(explained(rig, "ALTER TABLE orders DROP COLUMN streamed"))
                    .contains("DROP COLUMN \"streamed\"", "as the running reader has them");
            assertThat(explained(rig, "DROP TABLE _orders_gho")).contains("changes no replicated table");
        }
    }

    private static void explain(ReplicaRig rig) {
        String schema = rig.source().schema();
        assertThat(explained(rig, "ALTER TABLE orders ADD note VARCHAR(9) NOT NULL, MODIFY id BIGINT"))
                .contains(
                        "Table " + schema + ".orders: altered",
                        "ADD COLUMN \"note\" varchar(9) NOT NULL DEFAULT ''",
                        "TYPE bigint",
                        "Old rows are changed by these statements",
                        "Tables as the source has them. Nothing was run.");
        assertThat(explained(rig, "alter table " + schema + ".parts drop partition p0"))
                .contains("DELETE FROM \"" + ReplicaRig.DESTINATION + "\".\"parts\" WHERE", "\"id\" < 10");
        assertThat(explained(rig, "ALTER TABLE orders ADD n INT AUTO_INCREMENT UNIQUE"))
                .contains("have to be copied again: ");
        assertThat(explained(rig, "ALTER TABLE orders FROBNICATE"))
                .contains("orders: stopped", "have to be copied again");
        assertThat(explained(rig, "GRANT ALL ON *.* TO x")).contains("changes no replicated table");
        assertThat(rig.succeeds("ddl_explain", "DROP TABLE orders", "--schema", schema, "--format", "json"))
                .contains("\"data_effect\" : \"gone\"", "\"change\" : \"dropped\"");
    }

    private static String explained(ReplicaRig rig, String statement) {
        return rig.succeeds("ddl_explain", statement);
    }

    private static void check(ReplicaRig rig, SourceKind kind) {
        CommandResult result = rig.kameleon("check_source", "--source", ReplicaRig.SOURCE);
        String schema = rig.source().schema();
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out())
                .contains("it has no primary key")
                .contains("column(s) of type tinyint(1) become smallint")
                .contains("zero or partial dates in column 'at'")
                .contains("NUL characters in column 'name'")
                .contains("unique column 'name' compares by")
                .contains("helper table of gh-ost")
                .contains("1 view(s) are not replicated")
                .contains("Nothing blocks.");
        assertThat(result.out().contains("foreign key"))
                .as("cascades are named where the server does not log them")
                .isEqualTo(kind == SourceKind.MARIADB);
        assertThat(rig.succeeds("check_source", "--format", "json"))
                .contains("\"code\" : \"NO_KEY\"", "\"subject\" : \"" + schema + ".parts\"", "\"blocked\" : false");
    }
}
