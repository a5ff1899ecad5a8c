package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Every command there is, as the root command lists them, with each thing that goes wrong before it can do its work: one clear sentence,
 * the right exit code, and a catalogue as it was. A new command is in here by itself; a new kind of argument needs a sample.
 */
class AllCommandsIT {
    /** What a required argument may be, by its name. */
    private static final Map<String, String> SAMPLES = Map.of(
            "--source",
            "shop",
            "--tables",
            "shop.item",
            "--schema",
            "shop",
            "STATEMENT",
            "ALTER TABLE item ADD note TEXT",
            "SHELL",
            "bash");

    /** Read the file, or the source, only. */
    private static final Set<String> WITHOUT_CATALOGUE = Set.of("show_config", "check_source", "ddl_explain");
    /** Bring the catalogue itself into being, or to an end. */
    private static final Set<String> OF_CATALOGUE =
            Set.of("create_replica_schema", "upgrade_replica_schema", "drop_replica_schema");
    /** End a process, which has to be possible while PostgreSQL is away; they tell that the catalogue was not told. */
    private static final Set<String> STOPPING = Set.of("stop_replica", "stop_all_replicas");
    /** Change the catalogue when nothing is wrong. */
    private static final Set<String> CHANGING =
            Set.of("add_source", "drop_source", "drop_replica_schema", "init_replica", "copy_schema", "detach_replica");

    private static final String CATALOGUE_CONTENT = "SELECT concat("
            + "(SELECT string_agg(s::text, ' ' ORDER BY s::text) FROM sch_kameleon.source s), ' ',"
            + " (SELECT count(*) FROM sch_kameleon.replica_table), (SELECT count(*) FROM sch_kameleon.resync),"
            + " (SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_'))";

    @TempDir
    static Path directory;

    private static ReplicaRig rig;
    private static String good;
    private String before;

    @BeforeAll
    static void startServers() throws Exception {
        rig = ReplicaRig.start(SourceKind.MARIADB, directory);
        rig.createSchema();
        rig.onSource("CREATE TABLE item (id INT PRIMARY KEY)");
        good = Files.readString(rig.config());
        rig.register();
    }

    @AfterAll
    static void stopServers() throws Exception {
        rig.close();
    }

    @BeforeEach
    void remember() throws Exception {
        Files.writeString(rig.config(), good);
        before = content();
    }

    @AfterEach
    void nothingHasChanged() throws Exception {
        assertThat(content()).as("sources, tables, and schemas").isEqualTo(before);
    }

    /** What the operator asked for is no state of the source. */
    private static String content() throws Exception {
        return rig.destinationValue(CATALOGUE_CONTENT);
    }

    static Stream<String> all() {
        return Kameleon.commandLine().getSubcommands().values().stream()
                .map(CommandLine::getCommandName)
                .distinct();
    }

    static Stream<String> withConfiguration() {
        return all().filter(name -> spec(name).findOption("--config") != null);
    }

    /** Those without a configuration ask a process that has one: show_statistics the monitor. */
    static Stream<String> withSource() {
        return withConfiguration().filter(name -> spec(name).findOption("--source") != null);
    }

    static Stream<String> withCatalogue() {
        return withConfiguration().filter(name -> !WITHOUT_CATALOGUE.contains(name));
    }

    static Stream<String> withVersion() {
        return withCatalogue().filter(name -> !STOPPING.contains(name) && !name.equals("drop_replica_schema"));
    }

    static Stream<String> withReplica() {
        return withSource()
                .filter(name ->
                        !CHANGING.contains(name) && !WITHOUT_CATALOGUE.contains(name) && !STOPPING.contains(name));
    }

    /** Each waits for the catalogue when Ctrl-C comes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "init_replica",
                "detach_replica --yes",
                "drop_source",
                "refresh_schema --schema shop",
                "sync_tables --tables shop.item",
                "compare",
                "update_schema_mappings",
                "run_replica"
            })
    void interruptedItSaysSo(String command) throws Exception {
        try (Connection holder = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE sch_kameleon.schema_version IN ACCESS EXCLUSIVE MODE");
            try (ReplicaProcess process =
                    ReplicaProcess.start(command, rig.config(), directory.resolve(command.hashCode() + ".log"))) {
                Await.until("the command waits", Duration.ofSeconds(30), () -> isAnyoneWaiting() || !process.isAlive());
                assertThat(process.interrupt()).isEqualTo(130);
                assertThat(process.log())
                        .startsWith("Interrupted. ")
                        .endsWith(" can be run again.\n")
                        .hasLineCount(1);
            }
            holder.rollback();
        }
    }

    private static boolean isAnyoneWaiting() throws SQLException {
        return !rig.destinationValue("SELECT count(*) FROM pg_locks WHERE NOT granted")
                .equals("0");
    }

    @ParameterizedTest
    @MethodSource("all")
    void helpTeachesAndWrongUsageIsTold(String command) {
        CommandResult help = ReplicaRig.kameleonAsGiven(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: kameleon " + command);
        assertThat(spec(command).usageMessage().description())
                .as("a description")
                .isNotEmpty();
        assertWrongUsage(ReplicaRig.kameleonAsGiven(command, "--nonsense"), command);
        boolean requires = spec(command).args().stream().anyMatch(arg -> arg.required() && arg.group() == null);
        if (requires) {
            assertWrongUsage(ReplicaRig.kameleonAsGiven(command), command);
        }
    }

    private static void assertWrongUsage(CommandResult result, String command) {
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .endsWith("Try 'kameleon " + command + " --help'.")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @MethodSource("withConfiguration")
    void aConfigurationThatIsNotThereIsTold(String command) {
        var words = words(command);
        words.addAll(List.of("--config", directory.resolve("missing.yml").toString()));
        assertRefused(ReplicaRig.kameleonAsGiven(words.toArray(String[]::new)), "CONFIGURATION_INVALID");
    }

    @ParameterizedTest
    @MethodSource("withSource")
    void aSourceThatIsNotThereIsTold(String command) {
        var words = words(command);
        int source = words.indexOf("--source");
        if (source < 0) {
            words.addAll(List.of("--source", "nope"));
        } else {
            words.set(source + 1, "nope");
        }
        assertRefused(rig.kameleon(words.toArray(String[]::new)), "SOURCE_UNKNOWN");
    }

    @ParameterizedTest
    @MethodSource("withCatalogue")
    void aDatabaseThatIsAwayIsTold(String command) throws Exception {
        Files.writeString(rig.config(), good.replace("port: " + rig.postgres().port(), "port: 1"));
        CommandResult result = run(command);
        if (STOPPING.contains(command)) {
            assertThat(result.code()).as(result.out()).isEqualTo(1);
            assertThat(result.err())
                    .startsWith("The catalogue was not told, so that services go on: DESTINATION_UNREACHABLE: ");
        } else {
            assertRefused(result, "DESTINATION_UNREACHABLE");
        }
    }

    /** One check in one place: no command works with a catalogue of another version. */
    @ParameterizedTest
    @MethodSource("withVersion")
    void aCatalogueOfANewerVersionIsRefused(String command) throws Exception {
        rig.onDestination(
                "INSERT INTO sch_kameleon.schema_version SELECT 99, '99', description, type, script, checksum,"
                        + " installed_by, installed_on, execution_time, success FROM sch_kameleon.schema_version"
                        + " WHERE version = '1'");
        try {
            assertRefused(run(command), "CATALOGUE_VERSION");
        } finally {
            rig.onDestination("DELETE FROM sch_kameleon.schema_version WHERE version = '99'");
        }
    }

    /** As before create_replica_schema. */
    @ParameterizedTest
    @MethodSource("withVersion")
    void aCatalogueThatIsNotThereIsTold(String command) throws Exception {
        if (command.equals("create_replica_schema")) {
            return; // what makes it
        }
        rig.onDestination("ALTER SCHEMA sch_kameleon RENAME TO away");
        try {
            assertRefused(run(command), "CATALOGUE_MISSING");
        } finally {
            rig.onDestination("ALTER SCHEMA away RENAME TO sch_kameleon");
        }
    }

    /** Twice, on a source that was added and not copied: both times the same answer, and nothing changed. */
    @ParameterizedTest
    @MethodSource("withReplica")
    void aCommandThatIsRunTwiceGivesTheSameAnswer(String command) {
        CommandResult first = run(command);
        CommandResult second = run(command);
        assertThat(second.code()).isEqualTo(first.code());
        if (first.code() != 0 && first.out().isEmpty()) { // compare shows what differs
            assertThat(first.err()).matches("(?s)[A-Z_]+: .+\\.").doesNotContain("\tat ", "INTERNAL");
            assertThat(second.err()).isEqualTo(first.err());
        }
    }

    /** A real bash completes a command's beginning, and an option's. */
    @Test
    void aShellCompletesCommandsAndOptions() throws Exception {
        Path script = directory.resolve("completion");
        Files.writeString(
                script, ReplicaRig.kameleonAsGiven("completion", "bash").out());
        assertThat(completed(script, "kameleon", "show_st")).contains("show_status");
        assertThat(completed(script, "kameleon", "show_status", "--max")).contains("--max-lag-seconds");
        assertThat(ReplicaRig.kameleonAsGiven("completion", "zsh").out())
                .startsWith("autoload -U +X compinit")
                .contains("bashcompinit");
        assertThat(ReplicaRig.kameleonAsGiven("completion", "fish").code()).isEqualTo(2);
    }

    private static String completed(Path script, String... words) throws Exception {
        String bash = "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words) + "'; COMP_POINT=${#COMP_LINE};"
                + " _complete_kameleon kameleon " + words[words.length - 1] + "; echo \"${COMPREPLY[@]}\"";
        Process process =
                new ProcessBuilder("bash", "-c", bash).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static CommandResult run(String command) {
        return rig.kameleon(words(command).toArray(String[]::new));
    }

    /** The command with what it requires, and with --yes where it would ask. */
    private static List<String> words(String command) {
        var words = new ArrayList<>(List.of(command));
        for (PositionalParamSpec positional : spec(command).positionalParameters()) {
            if (positional.required()) {
                words.add(sample(command, positional.paramLabel()));
            }
        }
        for (OptionSpec option : spec(command).options()) {
            boolean alternative = option.group() != null; // there, each is required among the others
            if (option.required() && !alternative) {
                words.add(option.longestName());
                words.add(sample(command, option.longestName()));
            }
        }
        if (spec(command).findOption("--yes") != null) {
            words.add("--yes");
        }
        return words;
    }

    private static String sample(String command, String argument) {
        assertThat(SAMPLES).as("a sample for an argument of " + command).containsKey(argument);
        return SAMPLES.get(argument);
    }

    private static CommandSpec spec(String command) {
        return Kameleon.commandLine().getSubcommands().get(command).getCommandSpec();
    }

    private static void assertRefused(CommandResult result, String code) {
        assertThat(result.err()).startsWith(code + ": ").doesNotContain("\tat ").endsWith(".");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
    }
}
