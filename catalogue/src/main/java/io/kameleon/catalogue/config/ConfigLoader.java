package io.kameleon.catalogue.config;

import io.kameleon.catalogue.config.GlobalConfig.LogDestination;
import io.kameleon.catalogue.config.GlobalConfig.LogLevel;
import io.kameleon.catalogue.config.SourceConfig.TypeProfile;
import io.kameleon.catalogue.metrics.ListenAddress;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a configuration file: all of its faults in one go, or a configuration with every default filled in. */
public final class ConfigLoader {
    private static final int LOG_DAYS_MAX = 3650;

    private final Path file;
    private final ConfigEnvironment environment;
    private final ConfigReading reading;

    private ConfigLoader(Path file, ConfigEnvironment environment) {
        this.file = file.toAbsolutePath().normalize();
        this.environment = environment;
        this.reading = new ConfigReading(new Interpolation(environment, this.file.getParent()));
    }

    /** {@link #load(Path, ConfigEnvironment)} with the environment of this process. */
    public static KameleonConfig load(Path file) {
        return load(file, ConfigEnvironment.ofProcess());
    }

    /**
     * Reads and checks a file; touches nothing but the file and those that it refers to.
     *
     * @throws ConfigException      with every fault of the file
     * @throws ReplicationException CONFIGURATION_INVALID when there is no such file
     */
    public static KameleonConfig load(Path file, ConfigEnvironment environment) {
        return new ConfigLoader(file, environment).load();
    }

    private KameleonConfig load() {
        var root = new ConfigNode(reading, "", "", 1, compose(text()));
        KameleonConfig config = read(root);
        if (!reading.faults().isEmpty()) {
            throw new ConfigException(file, reading.faults());
        }
        return config;
    }

    private KameleonConfig read(ConfigNode root) {
        root.refuseUnknownKeys();
        GlobalConfig global = global(root);
        PgConnConfig pg = destination(root.requireSection("pg_conn"));
        List<FillfactorRule> fillfactors = fillfactors(root.section("fillfactor"));
        var transport = new TransportReader(reading, environment.home().kafka(baseName()));
        KafkaConfig kafka = transport.kafka(root.section("kafka"));
        RegistryConfig registry = transport.registry(root);
        SourcesReader.Sources sources =
                new SourcesReader(reading, pg, fillfactors, global.typeProfile()).read(root.requireSection("sources"));
        return new KameleonConfig(
                file, global, pg, kafka, registry, sources.usable(), sources.refused(), reading.notes());
    }

    private GlobalConfig global(ConfigNode root) {
        for (String name : List.of("rollbar_key", "rollbar_env")) {
            if (root.has(name)) {
                root.note(
                        name,
                        "Rollbar is not used. Errors are in 'show_errors', in the log and in the metrics, which Prometheus"
                                + " can alert on.");
            }
        }
        return new GlobalConfig(
                root.read("pid_dir", environment.home().pid(), this::path),
                root.read("log_dir", environment.home().logs(), this::path),
                root.read("log_dest", LogDestination.FILE, ConfigValues.oneOf(LogDestination.class)),
                root.read("log_level", LogLevel.INFO, ConfigValues.oneOf(LogLevel.class)),
                root.read("log_days_keep", 10, ConfigValues.integer(1, LOG_DAYS_MAX)),
                root.read("type_profile", TypeProfile.LOSSLESS, ConfigValues.oneOf(TypeProfile.class)),
                typeOverrides(root.section("type_override")),
                root.read("metrics_listen", Optional.empty(), ConfigLoader::listen),
                root.read("metrics_tables", true, ConfigValues::yesOrNo));
    }

    private static Optional<ListenAddress> listen(String text) {
        return text.strip().equals("off") ? Optional.empty() : Optional.of(ListenAddress.parse(text));
    }

    private List<TypeOverride> typeOverrides(ConfigNode section) {
        var overrides = new ArrayList<TypeOverride>();
        for (String columnType : section.names()) {
            ConfigNode node = section.section(columnType);
            node.refuseUnknownKeys();
            String overrideTo = node.require("override_to", "text", ConfigValues.text());
            overrides.add(new TypeOverride(columnType, overrideTo, TableLists.allOrSome(node, "override_tables")));
        }
        return overrides;
    }

    private PgConnConfig destination(ConfigNode node) {
        node.refuseUnknownKeys();
        TransportReader.noteCharset(node);
        return new PgConnConfig(
                node.read("host", "localhost", ConfigValues.text()),
                node.read("port", PgConnConfig.PORT_DEFAULT, ConfigValues.integer(1, 65_535)),
                node.require("database", "database", ConfigValues.text()),
                node.require("user", "user", ConfigValues.text()),
                node.readSecret("password"),
                node.read("sslmode", PgConnConfig.SslMode.PREFER, ConfigValues.oneOf(PgConnConfig.SslMode.class)),
                node.read("sslrootcert", this::path),
                node.read("sslcert", this::path),
                node.read("sslkey", this::path),
                node.read(
                        "connect_timeout",
                        PgConnConfig.CONNECT_TIMEOUT_DEFAULT,
                        ConfigValues.secondsUpTo(Duration.ofDays(1))));
    }

    static List<FillfactorRule> fillfactors(ConfigNode section) {
        var rules = new ArrayList<FillfactorRule>();
        for (String percent : section.names()) {
            ConfigNode node = section.section(percent);
            node.refuseUnknownKeys();
            if (!node.has("tables")) {
                node.fault(
                        "tables",
                        "is missing; allowed: "
                                + ConfigReference.key("fillfactor.*.tables").allowed());
            }
            List<TablePattern> tables = TableLists.allOrSome(node, "tables");
            try {
                rules.add(new FillfactorRule(
                        (int) ConfigValues.wholeNumber(percent, FillfactorRule.PERCENT_MIN, FillfactorRule.PERCENT_MAX),
                        tables));
            } catch (IllegalArgumentException e) {
                section.fault(percent, "is not a fill factor; allowed: a whole number from 10 to 100");
            }
        }
        return rules;
    }

    private Path path(String text) {
        return reading.interpolation().path(ConfigValues.text().parse(text));
    }

    private String baseName() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ReplicationException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "The configuration file does not exist",
                    Map.of("file", file),
                    "Run 'kameleon set_configuration_files', then copy config-example.yml to this name and edit it.",
                    e);
        } catch (CharacterCodingException e) {
            throw whole(e, "is not UTF-8");
        } catch (IOException e) {
            throw whole(e, "cannot be read; check that it is a file and that this user may read it");
        }
    }

    private MappingNode compose(String text) {
        try {
            Node root = new Yaml(options()).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return mapping;
            }
            if (root != null && !root.getTag().equals(Tag.NULL)) {
                throw whole(null, "is not a mapping of keys to values");
            }
            return null;
        } catch (MarkedYAMLException e) {
            throw notYaml(e);
        } catch (YAMLException e) {
            throw whole(e, "is not YAML: it holds a character that YAML does not allow, or nests too deeply");
        }
    }

    /** The parser's own words, but not those that repeat a value of the file: it may be a password. */
    private ConfigException notYaml(MarkedYAMLException error) {
        int line = error.getProblemMark() == null ? 0 : error.getProblemMark().getLine() + 1;
        String problem = error.getProblem() == null ? "" : error.getProblem();
        String told = problem.contains("alias") || problem.contains("tag") || problem.contains("anchor")
                ? "a value that begins with * & or ! has to stand in quotes"
                : problem;
        var fault = new ConfigFault("", line, "is not YAML: " + told);
        return new ConfigException(file, List.of(fault));
    }

    private ConfigException whole(Exception cause, String text) {
        var exception = new ConfigException(file, List.of(new ConfigFault("", 0, text)));
        if (cause != null) {
            exception.addSuppressed(cause);
        }
        return exception;
    }

    private static LoaderOptions options() {
        var options = new LoaderOptions();
        options.setMergeOnCompose(true);
        options.setAllowRecursiveKeys(false);
        return options;
    }
}
