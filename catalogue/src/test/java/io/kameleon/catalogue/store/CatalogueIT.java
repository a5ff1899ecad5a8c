package io.kameleon.catalogue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.catalogue.config.PgConnConfig;
import io.kameleon.catalogue.config.PgConnConfig.SslMode;
import io.kameleon.catalogue.config.Secret;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class CatalogueIT {
    @Test
    void migratingMakesTheCatalogueOnceAndDroppingRemovesIt() {
        Catalogue catalogue = Catalogue.open(TestDatabase.create());
        assertThat(catalogue.version()).isEmpty();
        assertCode(ErrorCode.CATALOGUE_MISSING, catalogue::requireVersion);

        assertThat(catalogue.migrate()).isEqualTo(new Catalogue.Migration(0, Catalogue.VERSION));
        assertThat(catalogue.migrate()).isEqualTo(new Catalogue.Migration(Catalogue.VERSION, Catalogue.VERSION));
        catalogue.requireVersion();
        assertThat(tables(catalogue))
                .containsExactly(
                        "conversion_count",
                        "copy_progress",
                        "copy_range",
                        "destination_name",
                        "discarded_row",
                        "error_log",
                        "failure",
                        "kept_structure",
                        "lease",
                        "replay_lane",
                        "replay_position",
                        "replica_table",
                        "resync",
                        "schema_mapping",
                        "schema_version",
                        "service",
                        "source");

        assertThat(catalogue.drop()).hasValue(Catalogue.VERSION);
        assertThat(catalogue.version()).isEmpty();
        assertThat(catalogue.drop()).isEmpty();
        assertThat(catalogue.migrate().from()).isZero();
    }

    @Test
    void aConnectionServesOnePieceOfWorkAfterTheOther() {
        Catalogue catalogue = Catalogue.open(TestDatabase.create());
        int first = catalogue.read(connection -> {
            number(connection, "SELECT length(set_config('lock_timeout', '7', false))");
            return backend(connection);
        });
        assertThat(catalogue.<Integer>inTransaction(CatalogueIT::backend)).isEqualTo(first);
        assertThat(catalogue.<Integer>read(
                        c -> number(c, "SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout'")))
                .as("settings of the work before")
                .isZero();
        int beside = catalogue.read(connection -> {
            int second = catalogue.read(CatalogueIT::backend);
            assertThat(second).isNotEqualTo(backend(connection));
            return second;
        });

        assertThat(catalogue.<Integer>read(CatalogueIT::backend)).isEqualTo(beside);
    }

    @Test
    void whatWentWrongOnAConnectionIsNotFeltByTheNext() {
        Catalogue catalogue = Catalogue.open(TestDatabase.create());
        int failed = catalogue.read(CatalogueIT::backend);
        assertThatThrownBy(() -> catalogue.inTransaction(connection -> number(connection, "SELECT 1 / 0")))
                .isInstanceOf(ReplicationException.class);
        int killed = catalogue.read(CatalogueIT::backend);
        assertThat(killed).isNotEqualTo(failed);

        TestDatabase.execute("postgres", "SELECT pg_terminate_backend(" + killed + ", 10000)");
        int open = catalogue.read(connection -> {
            connection.setAutoCommit(false);
            return backend(connection);
        });
        assertThat(open).isNotEqualTo(killed);
        assertThat(catalogue.<Integer>read(CatalogueIT::backend))
                .as("a transaction is open there")
                .isNotEqualTo(open);
    }

    private static int backend(Connection connection) throws SQLException {
        return number(connection, "SELECT pg_backend_pid()");
    }

    private static int number(Connection connection, String sql) throws SQLException {
        return Sql.first(connection, row -> row.getInt(1), sql).orElseThrow();
    }

    @Test
    void droppingLeavesWhatIsOutsideAndRefusesWhatDependsOnIt() {
        PgConnConfig config = TestDatabase.create();
        Catalogue catalogue = Catalogue.open(config);
        catalogue.migrate();
        TestDatabase.execute(
                config.database(),
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.orders (id int)",
                "CREATE VIEW shop.sources AS SELECT source_name FROM sch_kameleon.source");

        assertThatThrownBy(catalogue::drop)
                .hasMessageStartingWith("WRONG_STATE: Other objects depend on the catalogue")
                .hasMessageContaining("shop.sources");
        catalogue.requireVersion();

        TestDatabase.execute(config.database(), "DROP VIEW shop.sources", "CREATE SEQUENCE sch_kameleon.mine");
        assertCode(ErrorCode.WRONG_STATE, catalogue::drop);
        TestDatabase.execute(config.database(), "DROP SEQUENCE sch_kameleon.mine");
        catalogue.drop();
        TestDatabase.execute(config.database(), "SELECT * FROM shop.orders");
    }

    @Test
    void aCatalogueOfAnotherVersionIsRefusedWithWhatToDo() {
        PgConnConfig config = TestDatabase.create();
        Catalogue catalogue = Catalogue.open(config);
        catalogue.migrate();
        TestDatabase.execute(
                config.database(),
                "INSERT INTO sch_kameleon.schema_version SELECT 99, '99', description, type, script, checksum,"
                        + " installed_by, installed_on, execution_time, success FROM sch_kameleon.schema_version"
                        + " WHERE version = '1'");

        assertThatThrownBy(catalogue::requireVersion)
                .hasMessageContaining("expected=" + Catalogue.VERSION + ", found=99")
                .hasMessageStartingWith("CATALOGUE_VERSION: The catalogue is newer than this Kameleon");
        assertCode(ErrorCode.CATALOGUE_VERSION, catalogue::migrate);
    }

    /** An older catalogue, as version 3 left it, with what stands in it. */
    @Test
    void anOlderCatalogueIsUpgradedWholeAndOnlyOnDemand() {
        PgConnConfig config = TestDatabase.create();
        Catalogue catalogue = inVersion(config, 3);
        TestDatabase.execute(
                config.database(),
                "INSERT INTO sch_kameleon.source (source_name, kind, server_uuid, config_fingerprint, failure_code,"
                        + " failure_reason, failed_at) VALUES ('shop', 'mysql', '', '', 'BINLOG_PURGED', 'gone', now())");
        assertThatThrownBy(catalogue::requireVersion)
                .hasMessageStartingWith("CATALOGUE_VERSION: The catalogue is older than this Kameleon")
                .hasMessageEndingWith("Stop all replicas and run 'kameleon upgrade_replica_schema'.");

        List<Integer> pending =
                catalogue.tryMigrate().stream().map(Catalogue.Pending::version).toList();
        assertThat(pending).last().isEqualTo(Catalogue.VERSION);
        assertThat(pending).first().satisfies(first -> assertThat(first).isGreaterThan(3));
        assertThat(catalogue.version()).as("a trial changes nothing").hasValue(3);

        assertThat(catalogue.migrate()).isEqualTo(new Catalogue.Migration(3, Catalogue.VERSION));
        catalogue.requireVersion();
        assertThat(catalogue.tryMigrate()).isEmpty();
        assertThat(catalogue.<List<SideFailure>>read(connection -> new FailureStore().list(connection, "shop")))
                .extracting(SideFailure::reason)
                .containsExactly("gone");
    }

    /** A later version does not apply: nothing of those before it is left. */
    @Test
    void anUpgradeThatFailsLeavesTheOldVersion() {
        PgConnConfig config = TestDatabase.create();
        Catalogue catalogue = inVersion(config, 1);
        TestDatabase.execute(config.database(), "CREATE TABLE sch_kameleon.failure (taken text)");
        assertThatThrownBy(catalogue::tryMigrate).isInstanceOf(ReplicationException.class);
        assertThatThrownBy(catalogue::migrate).isInstanceOf(ReplicationException.class);
        assertThat(catalogue.version()).hasValue(1);
    }

    private static Catalogue inVersion(PgConnConfig config, int version) {
        Catalogue catalogue = Catalogue.open(config);
        Flyway.configure(CatalogueSchema.class.getClassLoader())
                .dataSource(new PgDataSource(catalogue.connections(), "test"))
                .schemas(Catalogue.SCHEMA)
                .table(CatalogueSchema.HISTORY)
                .locations(CatalogueSchema.LOCATION)
                .placeholderReplacement(false)
                .target(String.valueOf(version))
                .load()
                .migrate();
        return catalogue;
    }

    @Test
    void aSchemaThatIsNotACatalogueIsLeftAlone() {
        PgConnConfig config = TestDatabase.create();
        TestDatabase.execute(config.database(), "CREATE SCHEMA sch_kameleon", "CREATE TABLE sch_kameleon.mine (i int)");

        assertThatThrownBy(() -> Catalogue.open(config).migrate())
                .hasMessageStartingWith("WRONG_STATE: The schema sch_kameleon is there already and is not a catalogue");
    }

    @Test
    void aUserWithoutThePrivilegeIsToldTheStatementToRun() {
        PgConnConfig config = TestDatabase.create();
        TestDatabase.execute(config.database(), "CREATE ROLE weak LOGIN");
        var weak = PgConnConfig.of("localhost", TestDatabase.port(), config.database(), "weak", Secret.NONE);

        assertThatThrownBy(() -> Catalogue.open(weak).migrate())
                .hasMessage("DESTINATION_ACCESS_DENIED: The user may not create schemas in the database"
                        + " {destination=localhost:" + TestDatabase.port() + "/" + config.database()
                        + ", user=weak}. As its owner run: GRANT CREATE ON DATABASE <database> TO <user>;");
    }

    @Test
    void whatKeepsAConnectionFromOpeningHasItsCode() throws IOException {
        String database = TestDatabase.create().database();
        int port = TestDatabase.port();

        assertCode(
                ErrorCode.DESTINATION_UNREACHABLE,
                () -> Catalogue.open(PgConnConfig.of("localhost", freePort(), database, "postgres", Secret.NONE)));
        assertCode(
                ErrorCode.DESTINATION_UNREACHABLE,
                () -> Catalogue.open(PgConnConfig.of("no.such.host.invalid", port, database, "postgres", Secret.NONE)));
        assertThatThrownBy(() ->
                        Catalogue.open(PgConnConfig.of("localhost", port, "nowhere", "postgres", Secret.of("hunter2"))))
                .hasMessage(
                        "DESTINATION_SETTING: Cannot connect to PostgreSQL {destination=localhost:" + port
                                + "/nowhere, user=postgres, sqlstate=3D000}. Create the database, or correct pg_conn.database.");
        assertCode(
                ErrorCode.DESTINATION_ACCESS_DENIED,
                () -> Catalogue.open(PgConnConfig.of("localhost", port, database, "stranger", Secret.of("hunter2"))));
        var tls = new PgConnConfig(
                "localhost",
                port,
                database,
                "postgres",
                Secret.NONE,
                SslMode.REQUIRE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PgConnConfig.CONNECT_TIMEOUT_DEFAULT);
        assertCode(ErrorCode.DESTINATION_ACCESS_DENIED, () -> Catalogue.open(tls));
    }

    @Test
    void aDatabaseInAnotherEncodingIsRefused() {
        PgConnConfig latin = TestDatabase.create("ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");

        assertThatThrownBy(() -> Catalogue.open(latin))
                .hasMessageStartingWith("DESTINATION_SETTING: The database has the encoding LATIN1");
    }

    @Test
    void sessionsAreAlikeWhateverTheRoleIsSetTo() throws SQLException {
        PgConnConfig config = TestDatabase.create();
        TestDatabase.execute(
                config.database(),
                "ALTER DATABASE " + config.database() + " SET statement_timeout = '1ms'",
                "ALTER DATABASE " + config.database() + " SET default_transaction_isolation = 'serializable'");

        try (Connection connection = new PgConnections(config).open("replay-shop")) {
            assertThat(setting(connection, "TimeZone")).isEqualTo("UTC");
            assertThat(setting(connection, "statement_timeout")).isEqualTo("0");
            assertThat(setting(connection, "transaction_isolation")).isEqualTo("read committed");
            assertThat(setting(connection, "application_name")).isEqualTo("kameleon replay-shop");
            assertThat(setting(connection, "client_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void oddNamesAndAddressesAreReached() throws SQLException {
        TestDatabase.execute("postgres", "CREATE DATABASE \"odd /?&=% ü\" ENCODING 'UTF8' TEMPLATE template0");

        for (String host : List.of("localhost", "127.0.0.1")) {
            var config = PgConnConfig.of(host, TestDatabase.port(), "odd /?&=% ü", "postgres", Secret.NONE);
            try (Connection connection = new PgConnections(config).open("test")) {
                assertThat(Sql.first(connection, row -> row.getString(1), "SELECT current_database()"))
                        .contains("odd /?&=% ü");
            }
        }
    }

    /** "No column value in a message": the server's detail quotes the key. */
    @Test
    void exceptionsOfTheDriverDoNotQuoteTheRow() throws SQLException {
        PgConnConfig config = TestDatabase.create();
        TestDatabase.execute(
                config.database(), "CREATE TABLE t (v text PRIMARY KEY)", "INSERT INTO t VALUES ('hunter2')");

        try (Connection connection = new PgConnections(config).open("test")) {
            assertThatThrownBy(() -> Sql.update(connection, "INSERT INTO t VALUES (?)", "hunter2"))
                    .hasMessageContaining("t_pkey")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void aFailingTransactionLeavesNothing() {
        Catalogue catalogue = Catalogue.open(TestDatabase.create());
        catalogue.migrate();

        assertThatThrownBy(() -> catalogue.inTransaction(connection -> {
                    StoreIT.addSource(connection, "shop", "shop");
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(catalogue.<List<ReplicaSource>>read(connection -> new SourceStore().list(connection)))
                .isEmpty();
    }

    private static List<String> tables(Catalogue catalogue) {
        return catalogue.read(connection -> Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT tablename FROM pg_tables WHERE schemaname = 'sch_kameleon' ORDER BY 1"));
    }

    private static String setting(Connection connection, String name) throws SQLException {
        return Sql.first(connection, row -> row.getString(1), "SELECT current_setting(?)", name)
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageNotContaining("hunter2");
    }
}
