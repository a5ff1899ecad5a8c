package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A day in an operator's life, with two sources into one database; both sides are compared at every step. */
class OperatorDayIT {
    private static final String OFFICE = "office";

    @TempDir
    Path directory;

    private ReplicaRig rig;
    private String office;

    /** The second source's schema goes with the test, where others use the server too. */
    private record Office(ReplicaRig rig, String schema) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            rig.kameleon("stop_replica", "--source", OFFICE);
            rig.onSource("DROP DATABASE IF EXISTS " + schema);
        }
    }

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#either")
    void theDayGoesWell(SourceKind kind) throws Exception {
        try (ReplicaRig started = ReplicaRig.start(kind, directory);
                Office second = new Office(started, started.source().schema() + "_office")) {
            rig = started;
            office = second.schema();
            createSchemas();
            addInitAndStream();
            breakATableSeeItFixIt();
            reSyncWhileStreamingAndAddATable();
            renameAMapping();
            upgradeTheCatalogueAndMaintain();
            detach();
        }
    }

    private void createSchemas() throws SQLException {
        rig.createSchema();
        rig.onSource(
                "CREATE TABLE customer (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40) NOT NULL)",
                "CREATE TABLE purchase (id INT AUTO_INCREMENT PRIMARY KEY, customer INT NOT NULL, amount DECIMAL(10,2),"
                        + " changed TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,"
                        + " FOREIGN KEY (customer) REFERENCES customer (id) ON DELETE CASCADE)",
                NumberedRows.insert("customer (id, name)", "n + 1, CONCAT('customer ', n)", 500),
                NumberedRows.insert("purchase (customer, amount)", "n + 1, n * 1.5", 500),
                "CREATE DATABASE " + office,
                "CREATE TABLE " + office + ".desk (id INT PRIMARY KEY, label VARCHAR(20))",
                "INSERT INTO " + office + ".desk VALUES (1, 'first'), (2, 'second')");
    }

    private void addInitAndStream() throws Exception {
        configure("office_replica");
        rig.register();
        run("add_source", "--source", OFFICE);
        for (String source : new String[] {ReplicaRig.SOURCE, OFFICE}) {
            run("init_replica", "--source", source);
            run("start_replica", "--source", source);
        }
        rig.onSource(
                "UPDATE purchase SET amount = amount + 1 WHERE id < 100",
                "INSERT INTO " + office + ".desk VALUES (3, 'third')");
        assertEqual("office_replica");
        assertThat(run("show_status")).contains("office  ", "shop    ", "running");
    }

    private void breakATableSeeItFixIt() throws Exception {
        inPostgres("CREATE VIEW shop_replica.amounts AS SELECT amount FROM shop_replica.purchase");
        rig.onSource(
                "ALTER TABLE purchase MODIFY amount DECIMAL(12,3)",
                "INSERT INTO purchase (customer, amount) VALUES (1, 5.125)",
                "INSERT INTO customer (name) VALUES ('while purchase is stopped')");
        rig.succeeds("wait_replica");
        assertThat(rig.succeeds("show_status")).contains("purchase");
        assertThat(rig.succeeds("show_errors")).contains("SCHEMA_CHANGE_FAILED", "0A000");
        assertThat(rig.destinationValue("SELECT name FROM shop_replica.customer ORDER BY id DESC LIMIT 1"))
                .isEqualTo("while purchase is stopped");
        inPostgres("DROP VIEW shop_replica.amounts");
        rig.succeeds("retry_errors");
        assertEqual("office_replica");
    }

    private void reSyncWhileStreamingAndAddATable() throws Exception {
        inPostgres("UPDATE shop_replica.customer SET name = 'changed by hand' WHERE id < 50");
        assertThat(rig.kameleon("compare", "--source", ReplicaRig.SOURCE).code())
                .isEqualTo(1);
        rig.onSource("UPDATE customer SET name = 'changed' WHERE id BETWEEN 40 AND 60");
        rig.succeeds("sync_tables", "--tables", rig.source().schema() + ".customer");
        rig.succeeds("pause_table", "--tables", rig.source().schema() + ".purchase");
        rig.onSource(
                "DELETE FROM customer WHERE id = 7",
                "CREATE TABLE coupon (code VARCHAR(10) PRIMARY KEY, customer INT)",
                "INSERT INTO coupon VALUES ('a', 1), ('b', 2)");
        rig.succeeds("resume_table", "--tables", rig.source().schema() + ".purchase");
        assertEqual("office_replica");
        assertThat(rig.destinationValue("SELECT count(*) FROM shop_replica.coupon"))
                .isEqualTo("2");
    }

    private void renameAMapping() throws Exception {
        configure("headquarters");
        assertThat(run("update_schema_mappings", "--source", OFFICE)).contains("now goes to headquarters");
        rig.onSource("UPDATE " + office + ".desk SET label = 'moved' WHERE id = 1");
        run("refresh_schema", "--source", OFFICE, "--schema", office);
        assertEqual("headquarters");
    }

    private void upgradeTheCatalogueAndMaintain() throws Exception {
        run("stop_all_replicas");
        assertThat(run("show_status")).contains("stopped").doesNotContain("running");
        run("upgrade_replica_schema", "--dry-run");
        run("upgrade_replica_schema");
        rig.onSource("INSERT INTO customer (name) VALUES ('while nothing runs')");
        run("start_replica", "--source", ReplicaRig.SOURCE);
        run("start_replica", "--source", OFFICE);
        rig.succeeds("run_maintenance", "--full");
        assertEqual("headquarters");
    }

    private void detach() throws Exception {
        assertThat(rig.succeeds("detach_replica", "--yes", "--drop-topics")).contains("1 of 1 foreign keys hold");
        inPostgres("INSERT INTO shop_replica.customer (name) VALUES ('the application goes on')");
        inPostgres("INSERT INTO shop_replica.purchase (customer, amount) SELECT max(id), 1 FROM shop_replica.customer");
        assertThat(rig.kameleon("show_status", "--source", ReplicaRig.SOURCE).err())
                .contains("SOURCE_UNKNOWN");
        rig.onSource("INSERT INTO " + office + ".desk VALUES (4, 'goes on')");
        run("wait_replica", "--source", OFFICE, "--timeout", "60");
        assertThat(run("compare", "--source", OFFICE)).endsWith("Equal.\n");
    }

    private void configure(String officeDestination) throws IOException {
        String shop = rig.configuration();
        String second = shop.substring(shop.indexOf("  " + ReplicaRig.SOURCE + ":"))
                .replaceFirst("^  " + ReplicaRig.SOURCE + ":", "  " + OFFICE + ":")
                .replaceAll("my_server_id: (\\d+)", "my_server_id: 2$1")
                .replace(rig.source().schema() + ": " + ReplicaRig.DESTINATION, office + ": " + officeDestination);
        Files.writeString(rig.config(), shop + second);
    }

    private String run(String... words) {
        CommandResult result = rig.kameleon(words);
        assertThat(result.code())
                .as("%s printed:%n%s%n%s", String.join(" ", words), result.out(), result.err())
                .isZero();
        return result.out();
    }

    private void inPostgres(String sql) throws SQLException {
        try (Connection connection = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE " + SandboxPostgres.REPLICA_USER);
            statement.execute(sql);
        }
    }

    private void assertEqual(String officeDestination) throws SQLException {
        rig.succeeds("wait_replica", "--timeout", "60");
        run("wait_replica", "--source", OFFICE, "--timeout", "60");
        rig.assertSidesAreEqual();
        run("compare", "--source", OFFICE);
        try (Connection origin = rig.source().connect(office);
                Connection copy = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE)) {
            new RowOracle(origin, office, copy, officeDestination).assertEqual();
        }
    }
}
