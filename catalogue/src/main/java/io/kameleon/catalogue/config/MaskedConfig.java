package io.kameleon.catalogue.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Renders a configuration in the shape of its file, without secrets. Values are maps, lists, texts, numbers and booleans. */
final class MaskedConfig {
    private static final long SECONDS_OF_DAY = 86_400;

    private MaskedConfig() {}

    static Map<String, Object> render(KameleonConfig config) {
        var top = new LinkedHashMap<String, Object>();
        GlobalConfig global = config.global();
        top.put("pid_dir", global.pidDir().toString());
        top.put("log_dir", global.logDir().toString());
        top.put("log_dest", text(global.logDest()));
        top.put("log_level", text(global.logLevel()));
        top.put("log_days_keep", global.logDaysKeep());
        top.put("type_profile", text(global.typeProfile()));
        top.put("type_override", typeOverrides(global.typeOverrides()));
        top.put("metrics_listen", global.metricsListen().map(Object::toString).orElse("off"));
        top.put("metrics_tables", global.metricsTables());
        top.put("pg_conn", destination(config.pg()));
        top.put("kafka", kafka(config.kafka()));
        top.put("schema_registry", registry(config.registry()));
        var sources = new LinkedHashMap<String, Object>();
        config.sources().forEach((name, source) -> sources.put(name, source(source)));
        top.put("sources", sources);
        return top;
    }

    private static Map<String, Object> typeOverrides(List<TypeOverride> overrides) {
        var types = new LinkedHashMap<String, Object>();
        for (TypeOverride override : overrides) {
            types.put(
                    override.columnType(),
                    Map.of("override_to", override.overrideTo(), "override_tables", allOrSome(override.tables())));
        }
        return types;
    }

    private static Map<String, Object> destination(PgConnConfig pg) {
        var map = new LinkedHashMap<String, Object>();
        map.put("host", pg.host());
        map.put("port", pg.port());
        map.put("user", pg.user());
        map.put("password", pg.password().toString());
        map.put("database", pg.database());
        map.put("sslmode", text(pg.sslMode()).replace('_', '-'));
        putPath(map, "sslrootcert", pg.sslRootCert());
        putPath(map, "sslcert", pg.sslCert());
        putPath(map, "sslkey", pg.sslKey());
        map.put("connect_timeout", text(pg.connectTimeout()));
        return map;
    }

    private static Map<String, Object> kafka(KafkaConfig kafka) {
        var map = new LinkedHashMap<String, Object>();
        if (kafka.broker() instanceof KafkaConfig.Cluster cluster) {
            map.put("bootstrap_servers", cluster.bootstrapServers());
            map.put("replication_factor", (int) kafka.replicationFactor());
        } else if (kafka.broker() instanceof KafkaConfig.Embedded embedded) {
            map.put("bootstrap_servers", "embedded");
            map.put("directory", embedded.directory().toString());
            map.put("port", embedded.port());
        }
        map.put("topic_prefix", kafka.topicPrefix());
        map.put("properties", kafka.properties().masked());
        return map;
    }

    private static Map<String, Object> registry(RegistryConfig registry) {
        var map = new LinkedHashMap<String, Object>();
        map.put("url", registry.registry() instanceof RegistryConfig.Server server ? server.maskedUrl() : "embedded");
        map.put("properties", registry.properties().masked());
        return map;
    }

    private static Map<String, Object> source(SourceConfig source) {
        var map = new LinkedHashMap<String, Object>();
        map.put("type", text(source.kind()));
        map.put("db_conn", connection(source.dbConn()));
        map.put("schema_mappings", source.schemaMappings());
        map.put("limit_tables", texts(source.limitTables()));
        map.put("skip_tables", texts(source.skipTables()));
        map.put("grant_select_to", source.grantSelectTo());
        map.put("lock_timeout", text(source.lockTimeout()));
        map.put("my_server_id", source.serverId());
        map.put("replica_batch_size", source.replicaBatchSize());
        map.put("replay_max_rows", source.replayMaxRows().map(Object::toString).orElse(SourceConfig.AUTO));
        map.put("replay_lanes", source.replayLanes());
        map.put("batch_retention", text(source.batchRetention()));
        map.put("copy_max_memory", bytes(source.copyMaxMemory()));
        map.put("copy_threads", source.copyThreads());
        map.put("sleep_loop", text(source.sleepLoop()));
        map.put("on_error_replay", text(source.onErrorReplay()));
        map.put("auto_resync", source.autoResync() == SourceConfig.AutoResync.ON);
        map.put("on_error_read", text(source.onErrorRead()));
        map.put(
                "auto_maintenance",
                source.autoMaintenance().map(MaskedConfig::text).orElse("disabled"));
        map.put("gtid_enable", source.positioning() == SourceConfig.Positioning.GTID);
        map.put("skip_events", skipEvents(source.skipEvents()));
        map.put("keep_existing_schema", source.existingSchema() == SourceConfig.ExistingSchema.KEEP);
        map.put("net_read_timeout", text(source.netReadTimeout()));
        map.put("fillfactor", fillfactors(source.fillfactors()));
        map.put("type_profile", text(source.typeProfile()));
        map.put("zero_dates", text(source.zeroDates()));
        map.put("nul_characters", text(source.nulCharacters()));
        return map;
    }

    private static Map<String, Object> connection(DbConnConfig connection) {
        var map = new LinkedHashMap<String, Object>();
        map.put("host", connection.host());
        map.put("port", connection.port());
        map.put("user", connection.user());
        map.put("password", connection.password().toString());
        map.put("charset", connection.charset());
        map.put("connect_timeout", text(connection.connectTimeout()));
        map.put("ssl_mode", text(connection.sslMode()));
        putPath(map, "ssl_ca", connection.sslCa());
        putPath(map, "ssl_cert", connection.sslCert());
        putPath(map, "ssl_key", connection.sslKey());
        return map;
    }

    private static Map<String, Object> skipEvents(SkipEvents events) {
        var map = new LinkedHashMap<String, Object>();
        events.entries().forEach((kind, names) -> map.put(text(kind), names));
        return map;
    }

    private static Map<String, Object> fillfactors(List<FillfactorRule> rules) {
        var map = new LinkedHashMap<String, Object>();
        for (FillfactorRule rule : rules) {
            var tables = new ArrayList<String>();
            if (map.get(String.valueOf(rule.percent())) instanceof List<?> former) {
                former.forEach(table -> tables.add(table.toString()));
            }
            tables.addAll(allOrSome(rule.tables()));
            map.put(String.valueOf(rule.percent()), tables);
        }
        return map;
    }

    private static List<String> allOrSome(List<TablePattern> tables) {
        return tables.isEmpty() ? List.of("*") : texts(tables);
    }

    private static List<String> texts(List<TablePattern> patterns) {
        return patterns.stream().map(TablePattern::text).toList();
    }

    private static void putPath(Map<String, Object> map, String key, Optional<Path> path) {
        path.ifPresent(file -> map.put(key, file.toString()));
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** As the file would have it: {@code 2 days}, {@code 120s} or {@code 500ms}. */
    static String text(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % SECONDS_OF_DAY != 0) {
            return seconds + "s";
        }
        long days = seconds / SECONDS_OF_DAY;
        return days == 1 ? "1 day" : days + " days";
    }

    private static String bytes(long bytes) {
        if (bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "G";
        }
        return bytes % (1L << 20) == 0 ? (bytes >> 20) + "M" : String.valueOf(bytes);
    }
}
