package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.SandboxPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad input: its exit code, one clear sentence on standard error, and nothing changed. */
class BadInputIT {
    private static final String CATALOGUE_CONTENT = "SELECT concat("
            + "(SELECT string_agg(s::text, ' ' ORDER BY s::text) FROM sch_kameleon.source s), ' ',"
            + " (SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_'))";

    @TempDir
    static Path directory;

    private static ReplicaRig rig;
    private static SandboxMariaDb mariaDb;
    private static String good;
    private String before;

    @BeforeAll
    static void startServers() throws Exception {
        rig = ReplicaRig.start(SourceKind.MARIADB, directory);
        mariaDb = rig.source().sandbox().orElseThrow();
        rig.createSchema();
        rig.onSource("CREATE TABLE item (id INT PRIMARY KEY)");
        good = Files.readString(rig.config());
        assertThat(rig.kameleon("create_replica_schema").code()).isZero();
    }

    @AfterAll
    static void stopServers() throws Exception {
        rig.close();
    }

    @BeforeEach
    void remember() throws Exception {
        Files.writeString(rig.config(), good);
        before = rig.destinationValue(CATALOGUE_CONTENT);
    }

    @AfterEach
    void nothingHasChanged() throws Exception {
        assertThat(rig.destinationValue(CATALOGUE_CONTENT))
                .as("sources in the catalogue, and schemas")
                .isEqualTo(before);
    }

    @Test
    void missingConfigurationNamesTheFileAndTheNextStep() {
        Path missing = directory.resolve("missing.yml");
        assertRefused(
                ReplicaRig.kameleonAsGiven("show_status", "--config", missing.toString()),
                "CONFIGURATION_INVALID: The configuration file does not exist {file=" + missing
                        + "}. Run 'kameleon set_configuration_files', then copy config-example.yml to this name and edit it.");
    }

    @Test
    void malformedYamlIsToldWithItsLine() throws IOException {
        Files.writeString(rig.config(), "pg_conn: [1, 2\nsources: {");
        assertRefused(
                rig.kameleon("show_status"),
                "CONFIGURATION_INVALID: The configuration file has a fault {file=" + rig.config()
                        + "}. Correct the file and run the command again:\n"
                        + "  line 2: is not YAML: expected ',' or ']', but got :");
    }

    @Test
    void unknownKeyIsToldWithTheKeyThatWasMeant() throws IOException {
        replace("my_server_id", "my_sever_id");
        assertRefused(
                rig.kameleon("add_source", "--source", "shop"),
                "CONFIGURATION_INVALID: The configuration file has a fault {file=" + rig.config()
                        + "}. Correct the file and run the command again:\n"
                        + "  line 15, sources.shop.my_sever_id: is not a key; did you mean 'my_server_id'?");
    }

    @Test
    void wrongPasswordOfTheSourceIsRefusedWithoutRepeatingIt() throws IOException {
        replace(rig.source().password(), "not-the-password");
        assertRefused(
                rig.kameleon("add_source", "--source", "shop"),
                "SOURCE_ACCESS_DENIED: User 'kameleon' was refused with the given password {source=shop, server=127.0.0.1:"
                        + mariaDb.port()
                        + "}. Check user and password of the source, and from which hosts the user may connect.");
    }

    @Test
    void wrongPasswordOfTheDestinationIsRefusedWithoutRepeatingIt() throws IOException {
        replace(rig.postgres().replicaPassword(), "not-the-password");
        assertRefused(
                rig.kameleon("add_source", "--source", "shop"),
                "DESTINATION_ACCESS_DENIED: Cannot connect to PostgreSQL {destination=127.0.0.1:"
                        + rig.postgres().port() + "/" + SandboxPostgres.REPLICA_DATABASE
                        + ", user=kameleon, sqlstate=28P01}."
                        + " Check user, password and sslmode under pg_conn, and pg_hba.conf on the server.");
    }

    @Test
    void unreachableSourceIsNamed() throws IOException {
        replace("port: " + mariaDb.port(), "port: 1");
        assertRefused(
                rig.kameleon("add_source", "--source", "shop"),
                "SOURCE_UNREACHABLE: The server could not be reached for logging in {source=shop, server=127.0.0.1:1}."
                        + " Check that the server runs, that host and port are right, and that no firewall stands between.");
    }

    @Test
    void unreachableDestinationIsNamed() throws IOException {
        replace("port: " + rig.postgres().port(), "port: 1");
        assertRefused(
                rig.kameleon("show_status"),
                "DESTINATION_UNREACHABLE: Cannot connect to PostgreSQL {destination=127.0.0.1:1/kameleon, user=kameleon,"
                        + " sqlstate=08001}."
                        + " Check that PostgreSQL runs and that pg_conn.host and pg_conn.port are right.");
    }

    @Test
    void unknownSourceIsToldWithTheKnownOnes() {
        assertRefused(
                rig.kameleon("add_source", "--source", "nope"),
                "SOURCE_UNKNOWN: The configuration has no source 'nope' {file=" + rig.config()
                        + "}. Use one of shop, or add it under 'sources'.");
    }

    @ParameterizedTest
    @CsvSource({
        "init_replica",
        "start_replica",
        "run_replica",
        "wait_replica",
        "compare",
        "detach_replica",
        "copy_schema",
        "enable_replica",
        "update_schema_mappings"
    })
    void sourceThatWasNotAddedIsToldWithTheCommandToRun(String command) {
        assertRefused(
                rig.kameleon(command, "--source", "shop"),
                "SOURCE_UNKNOWN: The source 'shop' is in the configuration but was not added to the catalogue {source=shop}."
                        + " Run 'kameleon add_source --source shop'.");
    }

    @Test
    void unknownDatabaseInAMappingIsNamed() throws IOException {
        replace("shop: shop_replica", "nowhere: shop_replica");
        CommandResult result = rig.kameleon("add_source", "--source", "shop");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("SOURCE_SCHEMA_MISSING: The schema 'nowhere' does not exist, or user 'kameleon' may see"
                        + " nothing of it {source=shop, server=127.0.0.1:" + mariaDb.port() + "}.");
    }

    @Test
    void twoSourcesInOneFileMappedToOneSchemaAreRefused() throws IOException {
        String second = good.substring(good.indexOf("  shop:\n"))
                .replace("  shop:\n", "  second:\n")
                .replaceAll("my_server_id: \\d+", "my_server_id: 77");
        Files.writeString(rig.config(), good + second);
        CommandResult result = rig.kameleon("add_source", "--source", "shop");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("CONFIGURATION_INVALID: The configuration file has a fault ")
                .endsWith("sources.second.schema_mappings.shop: maps to 'shop_replica', as"
                        + " sources.shop.schema_mappings.shop does; a destination schema belongs to one mapping only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--skip-log-bin | The server writes no binlog | put 'log_bin = binlog' into the [mysqld] section of its"
                        + " configuration and restart the server.",
                "--binlog-format=STATEMENT | The binlog holds statements instead of rows (binlog_format is STATEMENT)"
                        + " | SET GLOBAL binlog_format = 'ROW'.",
                "--binlog-row-image=MINIMAL | The binlog leaves out columns (binlog_row_image is MINIMAL)"
                        + " | SET GLOBAL binlog_row_image = 'FULL'."
            })
    void serverSettingThatForbidsReplicationIsToldWithTheStatementToRun(String option, String what, String remedy) {
        mariaDb.restart(option);
        try {
            assertRefused(
                    rig.kameleon("add_source", "--source", "shop"),
                    "SOURCE_SETTING: " + what + " {source=shop, server=127.0.0.1:" + mariaDb.port()
                            + "}. Run on the source: " + remedy);
        } finally {
            mariaDb.restart(new String[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "add_source",
        "init_replica",
        "start_replica",
        "stop_replica",
        "wait_replica",
        "compare",
        "drop_source",
        "detach_replica",
        "copy_schema",
        "enable_replica",
        "update_schema_mappings",
        "import_pg_chameleon"
    })
    void missingSourceIsWrongUsage(String command) {
        CommandResult result = rig.kameleon(command);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("Missing required option: '--source=NAME'\nTry 'kameleon " + command + " --help'.");
    }

    @Test
    void unknownOptionIsWrongUsage() {
        CommandResult result = rig.kameleon("show_status", "--nonsense");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("Unknown option: '--nonsense'\nTry 'kameleon show_status --help'.");
    }

    /** From here on with a source of the catalogue, which is taken out again. */
    @Test
    void destinationSchemaOfAnotherSourceIsRefused() throws IOException, SQLException {
        rig.succeeds("add_source");
        try {
            replace("  shop:\n", "  second:\n");
            assertRefused(
                    rig.kameleon("add_source", "--source", "second"),
                    "MAPPING_CONFLICT: The destination schema 'shop_replica' is taken by the source 'shop' {source=second,"
                            + " schema=shop}. Map it to another schema in schema_mappings, or drop the source 'shop' first.");
        } finally {
            Files.writeString(rig.config(), good);
            rig.succeeds("drop_source", "--yes");
        }
    }

    @Test
    void commandsOutOfOrderSayWhatComesFirst() {
        rig.succeeds("add_source");
        try {
            assertRefused(
                    rig.kameleon("add_source", "--source", "shop"),
                    "WRONG_STATE: The source is in the catalogue already {source=shop}."
                            + " Run 'kameleon drop_source --source shop' first, or leave it as it is.");
            for (String command : new String[] {"start_replica", "run_replica", "detach_replica"}) {
                assertRefused(
                        rig.kameleon(command, "--source", "shop"),
                        "WRONG_STATE: The source was not copied yet {source=shop}."
                                + " Run 'kameleon init_replica --source shop'.");
            }
            assertRefused(
                    rig.kameleon("drop_source", "--source", "shop"),
                    2,
                    "This drops source 'shop' from the catalogue. Give --yes to confirm: there is no terminal to ask on.\n"
                            + "Try 'kameleon drop_source --help'.");
        } finally {
            rig.succeeds("drop_source", "--yes");
        }
    }

    private static void replace(String old, String with) throws IOException {
        Files.writeString(rig.config(), good.replace(old, with));
    }

    private static void assertRefused(CommandResult result, String message) {
        assertRefused(result, 1, message);
    }

    private static void assertRefused(CommandResult result, int code, String message) {
        assertThat(result.err()).isEqualTo(message);
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).isEmpty();
    }
}
