package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What pg_chameleon has replicated is taken over without a copy. Its catalogue is made here as it leaves it: a batch that was read and
 * perhaps replayed in part, a read position inside a transaction, a table that was copied later than the others.
 */
class ImportIT {
    private static final String CATALOGUE = """
            CREATE SCHEMA sch_chameleon;
            CREATE TYPE sch_chameleon.en_src_status AS ENUM ('ready', 'initialising', 'initialised', 'syncing', 'synced',
                'stopped', 'running', 'error');
            CREATE TABLE sch_chameleon.t_sources (i_id_source bigserial PRIMARY KEY, t_source text NOT NULL,
                jsb_schema_mappings jsonb NOT NULL, enm_status sch_chameleon.en_src_status NOT NULL DEFAULT 'ready',
                t_binlog_name text, i_binlog_position bigint, b_consistent boolean NOT NULL DEFAULT true);
            CREATE TABLE sch_chameleon.t_replica_batch (i_id_batch bigserial PRIMARY KEY, i_id_source bigint NOT NULL,
                t_binlog_name text, i_binlog_position bigint, t_gtid_set text, b_started boolean NOT NULL DEFAULT false,
                b_processed boolean NOT NULL DEFAULT false, b_replayed boolean NOT NULL DEFAULT false,
                ts_created timestamp NOT NULL DEFAULT clock_timestamp());
            CREATE TABLE sch_chameleon.t_replica_tables (i_id_table bigserial PRIMARY KEY, i_id_source bigint NOT NULL,
                v_table_name varchar(64) NOT NULL, v_schema_name varchar(64) NOT NULL, v_table_pkey varchar(100)[] NOT NULL,
                t_binlog_name text, i_binlog_position bigint, b_replica_enabled boolean NOT NULL DEFAULT true);
            INSERT INTO sch_chameleon.t_sources (t_source, jsb_schema_mappings, enm_status)
                VALUES ('shop', '{"%s": "shop_replica"}', 'running');
            CREATE SCHEMA shop_replica;
            CREATE TYPE shop_replica.enum_account_kind AS ENUM ('new', 'old');
            CREATE TABLE shop_replica.account (id integer NOT NULL, name character varying(40),
                kind shop_replica.enum_account_kind, amount numeric(10,2), changed_at timestamp without time zone,
                CONSTRAINT pk_account_1 PRIMARY KEY (id));
            CREATE TABLE shop_replica.later (id integer NOT NULL, name character varying(40),
                CONSTRAINT pk_later_2 PRIMARY KEY (id));
            CREATE TABLE shop_replica.broken (id integer NOT NULL PRIMARY KEY, name character varying(40));
            CREATE TABLE shop_replica.keyless (a integer, b character varying(40));
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void theStreamGoesOnWhereItStoppedAndNothingIsCopiedOrDoubled(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            BinlogCoordinates begin = replicatedByAnother(rig);
            assertRefusals(rig);
            rig.configure("type_profile: pg_chameleon\n");
            String said = rig.succeeds("import_pg_chameleon");
            String schema = rig.source().schema();
            assertThat(said)
                    .startsWith("Took over 2 tables of 'shop'; the stream goes on from ")
                    .contains("Not replicated yet: " + schema
                            + ".broken: TABLE_UNKNOWN: pg_chameleon had disabled the table")
                    .contains(
                            "Not replicated yet: " + schema + ".keyless: TABLE_UNKNOWN: pg_chameleon did not replicate")
                    .endsWith("Next: kameleon start_replica --source shop\n");
            assertThat(BinlogCoordinates.parse(said.replaceAll("(?s).* goes on from (\\S+)\\.\\n.*", "$1")))
                    .as("the beginning of the transaction")
                    .isEqualTo(begin);
            String account = rig.destinationValue("SELECT 'shop_replica.account'::regclass::oid");
            rig.onSource("INSERT INTO later VALUES (50, 'behind the import')", "DELETE FROM account WHERE id = 2");
            rig.runReplica();
            rig.awaitReplica();
            rig.succeeds("sync_tables", "--tables", "disabled");
            rig.onSource("ALTER TABLE account MODIFY kind ENUM('new', 'old', 'gone')");
            rig.onSource("UPDATE account SET kind = 'gone' WHERE id = 3", "ALTER TABLE later ADD COLUMN more INT");
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            assertThat(rig.succeeds("show_status", "--format", "json"))
                    .contains(
                            "\"discarded_rows\" : 0",
                            "\"skipped_rows\" : 0",
                            "\"disabled\" : 0",
                            "\"consistent\" : true");
            assertThat(rig.destinationValue("SELECT 'shop_replica.account'::regclass::oid"))
                    .as("the table is the same")
                    .isEqualTo(account);
            assertThat(rig.kameleon("import_pg_chameleon", "--source", "shop").err())
                    .startsWith("WRONG_STATE: The source is in Kameleon's catalogue already, and was copied");
            restartGoesOn(rig);
        }
    }

    /** By its GTID set, where the server has one. */
    private static void restartGoesOn(ReplicaRig rig) throws Exception {
        rig.onSource("INSERT INTO account (id) VALUES (90)");
        rig.awaitReplica();
        rig.onSource("DELETE FROM account WHERE id = 90", "INSERT INTO account (id) VALUES (91)");
        rig.kameleon("stop_replica", "--source", "shop");
        rig.succeeds("start_replica");
        rig.succeeds("wait_replica");
        rig.assertSidesAreEqual();
        assertThat(rig.succeeds("show_status", "--format", "json")).contains("\"skipped_rows\" : 0");
    }

    private void assertRefusals(ReplicaRig rig) throws Exception {
        assertThat(rig.kameleon("import_pg_chameleon", "--source", "shop").err())
                .isEqualTo(
                        "CONFIGURATION_INVALID: The tables have pg_chameleon's types, and the configuration says otherwise"
                                + " {source=shop}. Add 'type_profile: pg_chameleon' to the source.");
        rig.configure("type_profile: pg_chameleon\n");
        try (Connection running = named(rig, "[pg_chameleon] - source: shop, action: idle")) {
            assertThat(running.isValid(5)).isTrue();
            assertThat(rig.kameleon("import_pg_chameleon", "--source", "shop").err())
                    .startsWith("WRONG_STATE: pg_chameleon replicates the source at this time {source=shop}.");
        }
        onDestination(rig, "UPDATE sch_chameleon.t_sources SET enm_status = 'syncing'");
        assertThat(rig.kameleon("import_pg_chameleon", "--source", "shop").err())
                .startsWith("WRONG_STATE: In pg_chameleon's catalogue the source is 'syncing': its copy did not end");
        onDestination(rig, "UPDATE sch_chameleon.t_sources SET enm_status = 'stopped'");
    }

    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void aStatementThatItHasNotReplayedIsNotGuessedAt(SourceKind kind) throws Exception {
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            replicatedByAnother(rig);
            rig.configure("type_profile: pg_chameleon\n");
            rig.onSource("ALTER TABLE account MODIFY amount DECIMAL(10,2) AFTER id");
            assertThat(rig.kameleon("import_pg_chameleon", "--source", "shop").err())
                    .startsWith("Looking through the binlog, from the beginning of ")
                    .contains(
                            "\nWRONG_STATE: A table was changed by a statement that pg_chameleon has not replayed, at ")
                    .endsWith("Start its replica, let it come up with the source, stop it, and run this again.");
            assertThat(rig.kameleon("show_status", "--source", "shop").err()).startsWith("SOURCE_UNKNOWN");
        }
    }

    /** @return where the XA transaction begins that it was in when it began what it perhaps has not replayed */
    private static BinlogCoordinates replicatedByAnother(ReplicaRig rig) throws Exception {
        rig.createSchema();
        rig.onSource(
                "CREATE TABLE account (id INT PRIMARY KEY, name VARCHAR(40), kind ENUM('new', 'old'),"
                        + " amount DECIMAL(10,2), changed_at DATETIME)",
                "CREATE TABLE later (id INT PRIMARY KEY, name VARCHAR(40))",
                "CREATE TABLE broken (id INT PRIMARY KEY, name VARCHAR(40))",
                "CREATE TABLE keyless (a INT, b VARCHAR(40))",
                "INSERT INTO account VALUES (1, 'one', 'new', 1.5, '2026-01-01 12:00:00'), (2, 'two', 'old', 2, NULL)",
                "INSERT INTO later VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO broken VALUES (1, 'one')",
                "INSERT INTO keyless VALUES (1, 'one'), (1, 'one')");
        assertThat(rig.kameleon("create_replica_schema").code()).isZero();
        onDestination(rig, CATALOGUE.formatted(rig.source().schema()));
        BinlogCoordinates begin = end(rig);
        rig.onSource(
                "XA START 'cut'",
                "UPDATE account SET name = 'in two steps' WHERE id = 2",
                "INSERT INTO account VALUES (7, 'seven', 'new', 7, NULL)",
                "XA END 'cut'",
                "XA PREPARE 'cut'",
                "XA COMMIT 'cut'");
        BinlogCoordinates unreplayed = insideTransaction(rig, begin);
        rig.onSource(
                "INSERT INTO account VALUES (3, 'three', 'new', 3, NULL), (4, 'four', 'new', 4, NULL)",
                "UPDATE account SET name = 'changed' WHERE id = 1",
                "DELETE FROM account WHERE id = 4");
        BinlogCoordinates before = end(rig);
        copy(rig, "account"); // all of the batch is replayed, though its mark is not set
        rig.onSource(
                "START TRANSACTION",
                "UPDATE account SET amount = 10 WHERE id = 1",
                "INSERT INTO account VALUES (5, 'five', 'old', 5, NULL)",
                "COMMIT");
        BinlogCoordinates read = insideTransaction(rig, before);
        onDestination(rig, "UPDATE shop_replica.account SET amount = 10 WHERE id = 1");
        rig.onSource(
                "INSERT INTO later VALUES (3, 'in its copy')",
                "UPDATE later SET name = 'in its copy' WHERE id = 1",
                "DELETE FROM later WHERE id = 2");
        copy(rig, "later");
        BinlogCoordinates point = end(rig);
        rig.onSource("UPDATE later SET name = 'behind its copy' WHERE id = 3", "INSERT INTO account (id) VALUES (6)");
        batch(rig, unreplayed, true);
        batch(rig, read, false);
        table(rig, "account", true, null);
        table(rig, "later", true, point);
        table(rig, "broken", false, null);
        return begin;
    }

    private static BinlogCoordinates end(ReplicaRig rig) throws SQLException {
        String statement = rig.source().type().equals("mysql") ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
        try (Connection connection = rig.source().connect("");
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(statement)) {
            row.next();
            return new BinlogCoordinates(row.getString(1), row.getLong(2));
        }
    }

    /** Behind the first rows of the transaction that begins there. */
    private static BinlogCoordinates insideTransaction(ReplicaRig rig, BinlogCoordinates begin) throws SQLException {
        try (Connection connection = rig.source().connect("");
                Statement query = connection.createStatement();
                ResultSet row =
                        query.executeQuery("SHOW BINLOG EVENTS IN '" + begin.file() + "' FROM " + begin.position())) {
            boolean found = false;
            while (row.next()) {
                if (found) {
                    return new BinlogCoordinates(begin.file(), row.getLong("Pos"));
                }
                found = row.getString("Event_type").startsWith("Update_rows");
            }
        }
        throw new AssertionError("no rows event behind " + begin);
    }

    /** As a copy of pg_chameleon would. */
    private static void copy(ReplicaRig rig, String table) throws SQLException {
        try (Connection origin = rig.source().connect(rig.source().schema());
                Connection copy = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement query = origin.createStatement();
                ResultSet row = query.executeQuery("SELECT * FROM " + table)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                try (Statement insert = copy.createStatement()) {
                    var values = new StringBuilder();
                    for (int i = 1; i <= columns; i++) {
                        String value = row.getString(i);
                        values.append(i == 1 ? "" : ", ").append(value == null ? "NULL" : "'" + value + "'");
                    }
                    insert.execute("INSERT INTO shop_replica." + table + " VALUES (" + values + ")");
                }
            }
        }
    }

    private static void batch(ReplicaRig rig, BinlogCoordinates at, boolean processed) throws SQLException {
        onDestination(
                rig,
                "INSERT INTO sch_chameleon.t_replica_batch (i_id_source, t_binlog_name, i_binlog_position, b_started,"
                        + " b_processed) VALUES (1, '" + at.file() + "', " + at.position() + ", true, " + processed
                        + ")");
    }

    /** @param point null once the reader has passed it */
    private static void table(ReplicaRig rig, String name, boolean enabled, BinlogCoordinates point)
            throws SQLException {
        try (Connection connection = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO sch_chameleon.t_replica_tables"
                        + " (i_id_source, v_table_name, v_schema_name, v_table_pkey, b_replica_enabled, t_binlog_name,"
                        + " i_binlog_position) VALUES (1, ?, 'shop_replica', '{id}', ?, ?, ?)")) {
            insert.setString(1, name);
            insert.setBoolean(2, enabled);
            insert.setString(3, point == null ? null : point.file());
            insert.setObject(4, point == null ? null : (Long) point.position());
            insert.execute();
        }
    }

    private static Connection named(ReplicaRig rig, String application) throws SQLException {
        var properties = new Properties();
        properties.put("user", SandboxPostgres.REPLICA_USER);
        properties.put("password", rig.postgres().replicaPassword());
        properties.put("ApplicationName", application);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + rig.postgres().port() + "/" + SandboxPostgres.REPLICA_DATABASE,
                properties);
    }

    /** As the user of the replica, who owns what it makes. */
    private static void onDestination(ReplicaRig rig, String sql) throws SQLException {
        try (Connection connection = named(rig, "test");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
