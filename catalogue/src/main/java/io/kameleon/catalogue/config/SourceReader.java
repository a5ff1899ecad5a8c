package io.kameleon.catalogue.config;

import io.kameleon.catalogue.config.SkipEvents.Kind;
import io.kameleon.catalogue.config.SourceConfig.AutoResync;
import io.kameleon.catalogue.config.SourceConfig.ExistingSchema;
import io.kameleon.catalogue.config.SourceConfig.NulCharacters;
import io.kameleon.catalogue.config.SourceConfig.OnError;
import io.kameleon.catalogue.config.SourceConfig.OnReplayError;
import io.kameleon.catalogue.config.SourceConfig.Positioning;
import io.kameleon.catalogue.config.SourceConfig.SourceKind;
import io.kameleon.catalogue.config.SourceConfig.TypeProfile;
import io.kameleon.catalogue.config.SourceConfig.ZeroDates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads one entry of {@code sources}. */
final class SourceReader {
    private static final long SERVER_ID_MAX = 4_294_967_295L;
    private static final long DERIVED_SERVER_ID_MIN = 1_000_000_000L;
    private static final long DERIVED_SERVER_IDS = 3_000_000_000L;
    private static final int BATCH_DEFAULT = 50_000;
    private static final int ROWS_MAX = 10_000_000;
    private static final int THREADS_DEFAULT = 2;
    private static final int THREADS_MAX = 64;
    private static final int LANES_MAX = 32;
    private static final long MEMORY_MIN = 1L << 20;
    private static final long MEMORY_DEFAULT = 300L << 20;

    private final ConfigReading reading;
    private final PgConnConfig pg;
    private final List<FillfactorRule> fillfactors;
    private final TypeProfile typeProfile;

    /** @param typeProfile of the sources that have none of their own */
    SourceReader(ConfigReading reading, PgConnConfig pg, List<FillfactorRule> fillfactors, TypeProfile typeProfile) {
        this.reading = reading;
        this.pg = pg;
        this.fillfactors = fillfactors;
        this.typeProfile = typeProfile;
    }

    SourceConfig read(String name, ConfigNode node) {
        node.refuseUnknownKeys();
        noteCopyMode(node);
        Map<String, String> mappings = mappings(node);
        return new SourceConfig(
                name,
                node.read("type", SourceKind.MYSQL, ConfigValues.oneOf(SourceKind.class)),
                connection(node.requireSection("db_conn")),
                mappings,
                tables(node, "limit_tables", mappings),
                tables(node, "skip_tables", mappings),
                node.list("grant_select_to", ConfigValues.text()),
                node.read("lock_timeout", Duration.ofSeconds(120), SourceReader::lockTimeout),
                node.read("my_server_id", derivedServerId(name), SourceReader::serverId),
                node.read("replica_batch_size", BATCH_DEFAULT, ConfigValues.integer(1, ROWS_MAX)),
                node.read("replay_max_rows", Optional.empty(), SourceReader::replayMaxRows),
                node.read("replay_lanes", 1, ConfigValues.integer(1, LANES_MAX)),
                node.read("batch_retention", Duration.ofDays(1), PgInterval::parse),
                node.read("copy_max_memory", MEMORY_DEFAULT, SourceReader::copyMemory),
                node.read("copy_threads", THREADS_DEFAULT, ConfigValues.integer(1, THREADS_MAX)),
                node.read("sleep_loop", Duration.ofSeconds(1), ConfigValues.secondsUpTo(Duration.ofHours(1))),
                node.read("on_error_replay", OnReplayError.CONTINUE, ConfigValues.oneOf(OnReplayError.class)),
                node.read("auto_resync", AutoResync.ON, SourceReader::autoResync),
                node.read("on_error_read", OnError.CONTINUE, ConfigValues.oneOf(OnError.class)),
                node.read("auto_maintenance", Optional.empty(), SourceReader::maintenance),
                node.read("gtid_enable", Positioning.GTID, SourceReader::positioning),
                skipEvents(node.section("skip_events")),
                node.read("keep_existing_schema", ExistingSchema.RECREATE, SourceReader::existingSchema),
                node.read("net_read_timeout", Duration.ofSeconds(600), ConfigValues.secondsUpTo(Duration.ofDays(365))),
                allFillfactors(node.section("fillfactor")),
                node.read("type_profile", typeProfile, ConfigValues.oneOf(TypeProfile.class)),
                node.read("zero_dates", ZeroDates.NULL, ConfigValues.oneOf(ZeroDates.class)),
                node.read("nul_characters", NulCharacters.STRIP, ConfigValues.oneOf(NulCharacters.class)));
    }

    private DbConnConfig connection(ConfigNode node) {
        node.refuseUnknownKeys();
        TransportReader.noteCharset(node);
        Optional<Path> certificate = node.read("ssl_cert", this::path);
        Optional<Path> key = node.read("ssl_key", this::path);
        if (certificate.isPresent() != key.isPresent()) {
            node.fault(
                    certificate.isPresent() ? "ssl_key" : "ssl_cert", "is missing; it stands together with the other");
        }
        return new DbConnConfig(
                node.read("host", "localhost", ConfigValues.text()),
                node.read("port", DbConnConfig.PORT_DEFAULT, ConfigValues.integer(1, 65_535)),
                node.require("user", "user", ConfigValues.text()),
                node.readSecret("password"),
                node.read("charset", "utf8mb4", ConfigValues.text()),
                node.read(
                        "connect_timeout",
                        DbConnConfig.CONNECT_TIMEOUT_DEFAULT,
                        ConfigValues.secondsUpTo(Duration.ofDays(1))),
                node.read("ssl_mode", DbConnConfig.SslMode.DISABLED, ConfigValues.oneOf(DbConnConfig.SslMode.class)),
                node.read("ssl_ca", this::path),
                certificate,
                key);
    }

    private static Map<String, String> mappings(ConfigNode node) {
        ConfigNode section = node.requireSection("schema_mappings");
        var mappings = new LinkedHashMap<String, String>();
        for (String origin : section.names()) {
            mappings.put(origin, section.require(origin, origin, ConfigValues.text()));
        }
        return mappings;
    }

    private static List<TablePattern> tables(ConfigNode node, String name, Map<String, String> mappings) {
        List<TablePattern> patterns = TableLists.some(node, name);
        for (TablePattern pattern : patterns) {
            if (pattern instanceof TablePattern.Literal literal
                    && TableFilter.schemaOf(literal, mappings.keySet()) == null) {
                node.note(name, "'" + pattern.text() + "' is in no schema of schema_mappings and has no effect.");
            }
        }
        return patterns;
    }

    private static SkipEvents skipEvents(ConfigNode section) {
        section.refuseUnknownKeys();
        var entries = new EnumMap<Kind, List<String>>(Kind.class);
        for (Kind kind : Kind.values()) {
            List<String> names = section.list(kind.name().toLowerCase(Locale.ROOT), ConfigValues.text());
            if (!names.isEmpty()) {
                entries.put(kind, names);
            }
        }
        return new SkipEvents(entries);
    }

    /** The source's own rules come last: the last match holds. */
    private List<FillfactorRule> allFillfactors(ConfigNode own) {
        var rules = new ArrayList<>(fillfactors);
        rules.addAll(ConfigLoader.fillfactors(own));
        return rules;
    }

    private static void noteCopyMode(ConfigNode node) {
        node.read("copy_mode", ConfigValues.oneOf(CopyMode.class))
                .filter(mode -> mode == CopyMode.FILE)
                .ifPresent(mode -> node.note(
                        "copy_mode", "Rows go directly into PostgreSQL's COPY; copy_threads sets how many at a time."));
        if (node.has("out_dir")) {
            node.note("out_dir", "Has no effect: the initial copy writes no files.");
        }
    }

    private Path path(String text) {
        return reading.interpolation().path(ConfigValues.text().parse(text));
    }

    /** The same at every start and on every machine, and unlikely to be taken: ids set by hand are small. */
    private long derivedServerId(String name) {
        var checksum = new CRC32();
        checksum.update((name + "@" + pg.address()).getBytes(StandardCharsets.UTF_8));
        return DERIVED_SERVER_ID_MIN + checksum.getValue() % DERIVED_SERVER_IDS;
    }

    private static Duration lockTimeout(String text) {
        return ConfigValues.duration(text, "ms");
    }

    private static long serverId(String text) {
        return ConfigValues.wholeNumber(text, 1, SERVER_ID_MAX);
    }

    private static long copyMemory(String text) {
        long bytes = ConfigValues.memory(text);
        if (bytes < MEMORY_MIN) {
            throw new IllegalArgumentException("it is too small");
        }
        return bytes;
    }

    private static Optional<Integer> replayMaxRows(String text) {
        return text.strip().equalsIgnoreCase(SourceConfig.AUTO)
                ? Optional.empty()
                : Optional.of(ConfigValues.integer(1, ROWS_MAX).parse(text));
    }

    private static Optional<Duration> maintenance(String text) {
        return text.strip().equalsIgnoreCase("disabled") ? Optional.empty() : Optional.of(PgInterval.parse(text));
    }

    private static Positioning positioning(String text) {
        return ConfigValues.yesOrNo(text) ? Positioning.GTID : Positioning.COORDINATES;
    }

    private static AutoResync autoResync(String text) {
        return ConfigValues.yesOrNo(text) ? AutoResync.ON : AutoResync.OFF;
    }

    private static ExistingSchema existingSchema(String text) {
        return ConfigValues.yesOrNo(text) ? ExistingSchema.KEEP : ExistingSchema.RECREATE;
    }

    /** pg_chameleon's two ways of copying. */
    private enum CopyMode {
        FILE,
        DIRECT
    }
}
