package io.kameleon.catalogue.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every key of the configuration file: what the reader accepts, what faults say is allowed, and what
 * {@code docs/configuration.md} shows come from this one table.
 */
public final class ConfigReference {
    static final String SECONDS = "a number of seconds, or with a unit: 500ms, 30s, 5min";
    static final String TABLES = "a list of schema.table or /regex/";
    static final String NONE = "none";

    private static final Map<String, ConfigKey> KEYS = new LinkedHashMap<>();
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        global();
        typeOverride();
        destination();
        sources();
        sourceConnection();
        fillfactor();
        kafka();
        registry();
    }

    private ConfigReference() {}

    static ConfigKey key(String path) {
        ConfigKey key = KEYS.get(path);
        if (key == null) {
            throw new IllegalArgumentException("no configuration key " + path);
        }
        return key;
    }

    /** The names directly under a path, in order; the path is empty for the top. */
    static Set<String> namesUnder(String path) {
        var names = new LinkedHashSet<String>();
        for (ConfigKey key : KEYS.values()) {
            if (key.parent().equals(path)) {
                names.add(key.name());
            }
        }
        return names;
    }

    /** The paths under which a name is a key. */
    static List<String> parentsOf(String name) {
        return KEYS.values().stream()
                .filter(key -> key.name().equals(name))
                .map(ConfigKey::parent)
                .toList();
    }

    public static Set<String> paths() {
        return KEYS.keySet();
    }

    /** Key prefix to title of the documentation's sections, in the file's order. */
    static Map<String, String> sections() {
        return Collections.unmodifiableMap(TITLES);
    }

    static Collection<ConfigKey> keys() {
        return Collections.unmodifiableCollection(KEYS.values());
    }

    private static void key(String path, String allowed, String fallback, String meaning) {
        KEYS.put(path, new ConfigKey(path, allowed, fallback, meaning));
    }

    private static void global() {
        TITLES.put("", "Global settings");
        key(
                "pid_dir",
                "a directory",
                "`<home>/pid`",
                "Where the pid files of the daemons are: `<pid_dir>/<source>.pid`.");
        key("log_dir", "a directory", "`<home>/logs`", "Where the log files are.");
        key(
                "log_dest",
                "file or stdout",
                "`file`",
                "Where a daemon logs to: `<log_dir>/<source>.log`, or the output of the `start_replica` that started it.");
        key("log_level", "debug, info, warning or error", "`info`", "The least severe level that is logged.");
        key(
                "log_days_keep",
                "a whole number of days from 1 to 3650",
                "`10`",
                "Logs are rotated daily and kept for so many days.");
        key(
                "type_profile",
                "lossless or pg_chameleon",
                "`lossless`",
                "The PostgreSQL types of columns without a type override. `lossless`: every value fits. `pg_chameleon`: its"
                        + " types, for those who need them; a row with a value that does not fit is refused and kept.");
        key(
                "metrics_listen",
                "HOST:PORT, or off",
                "`off`",
                "Where each process that reads or replays serves `/metrics`, `/health/live`, `/health/ready` and `/status`, without"
                        + " a password: an address that only those reach who may see it. Several such processes on one machine"
                        + " need port 0 (any; it is in the log) or configurations of their own.");
        key(
                "metrics_tables",
                "true or false",
                "`true`",
                "Whether tables get series of their own in the metrics; false for thousands of tables.");
        key(
                "rollbar_key",
                "any text",
                NONE,
                "No effect, accepted for pg_chameleon's files. Errors are in `show_errors`, the log and the metrics.");
        key("rollbar_env", "any text", NONE, "No effect, as `rollbar_key`.");
    }

    private static void typeOverride() {
        TITLES.put("type_override", "Type overrides");
        key(
                "type_override",
                "a mapping of MySQL column types",
                NONE,
                "Replaces the default PostgreSQL type of a MySQL column type, written with its dimensions: `\"tinyint(1)\"`.");
        key("type_override.*", "a mapping with override_to and override_tables", NONE, "One MySQL column type.");
        key(
                "type_override.*.override_to",
                "a PostgreSQL type",
                "",
                "The type to use; values have to be castable to it.");
        key(
                "type_override.*.override_tables",
                "\"*\" or " + TABLES,
                "`[\"*\"]`",
                "The tables it holds for, by their names at the source; `\"*\"` as the first entry means all.");
    }

    private static void destination() {
        TITLES.put("pg_conn", "Destination");
        key("pg_conn", "a mapping", "", "The PostgreSQL database with the replicated schemas and the catalogue.");
        key("pg_conn.host", "a host name or address", "`localhost`", "The server.");
        key("pg_conn.port", "a port from 1 to 65535", "`5432`", "Its port.");
        key("pg_conn.user", "a user name", "", "Needs CREATE on the database.");
        key(
                "pg_conn.password",
                "any text",
                NONE,
                "Better kept out of the file: `${env:NAME}` or `${file:PATH}`. Absent: a `.pgpass` file is looked at.");
        key("pg_conn.database", "a database name", "", "Has to exist, in the encoding UTF8.");
        key("pg_conn.charset", "a character set", "`utf8`", "No effect: the connection always speaks UTF-8.");
        key(
                "pg_conn.sslmode",
                "disable, allow, prefer, require, verify-ca or verify-full",
                "`prefer`",
                "TLS as in libpq.");
        key(
                "pg_conn.sslrootcert",
                "a file",
                NONE,
                "PEM file with the authorities that may sign the server's certificate.");
        key("pg_conn.sslcert", "a file", NONE, "PEM file with the client's certificate.");
        key("pg_conn.sslkey", "a file", NONE, "The client's key, PKCS-8 in DER, or PKCS-12.");
        key("pg_conn.connect_timeout", SECONDS, "`10`", "Longest wait for a connection; 0 waits for ever.");
    }

    private static void sources() {
        TITLES.put("sources", "Sources");
        key("sources", "a mapping of source names", "", "The MySQL and MariaDB servers to replicate.");
        key(
                "sources.*",
                "a mapping",
                "",
                "One server. The name stands in commands, topics and pid files: letters, digits, `.`, `_` and `-`.");
        key(
                "sources.*.type",
                "mysql or mariadb",
                "`mysql`",
                "What the server is; the flavour and version are found out by asking it. `pgsql` sources of a"
                        + " pg_chameleon file are set aside with a note, and commands that name one are refused.");
        key(
                "sources.*.schema_mappings",
                "a mapping of origin schema to destination schema",
                "",
                "The databases to replicate. A destination schema belongs to one mapping of one source.");
        key(
                "sources.*.limit_tables",
                TABLES,
                NONE,
                "Replicate only these. A name limits its own schema only, a regular expression every schema of the"
                        + " source. It has to match the whole of `schema.table`.");
        key("sources.*.skip_tables", TABLES, NONE, "Do not replicate these. Goes before `limit_tables`.");
        key(
                "sources.*.grant_select_to",
                "a list of PostgreSQL roles",
                NONE,
                "Roles that get SELECT on the replicated tables, those that come later too.");
        key(
                "sources.*.lock_timeout",
                "a number of milliseconds, or with a unit: 500ms, 120s, 2min",
                "`120s`",
                "Longest wait for a lock in PostgreSQL when copied tables are swapped in; 0 waits for ever.");
        key(
                "sources.*.my_server_id",
                "a whole number from 1 to 4294967295",
                "derived from the source's name and the destination",
                "The replica's server id, unique among the server and all its replicas.");
        key(
                "sources.*.replica_batch_size",
                "a whole number from 1 to 10000000",
                "`50000`",
                "Rows that the reader publishes at most before it commits to Kafka.");
        key(
                "sources.*.replay_max_rows",
                "a whole number from 1 to 10000000, or `auto`",
                "`auto`",
                "Rows that replay applies at most in one PostgreSQL transaction; a larger transaction of the source"
                        + " stays whole. `auto` is 10000, or 100 for each table that has rows in it when that is more.");
        key(
                "sources.*.replay_lanes",
                "a whole number from 1 to 32",
                "`1`",
                "Connections that apply a batch of replay at the same time, each some of its tables. With more than one, readers of"
                        + " PostgreSQL may for a moment see some tables one batch ahead of others.");
        key(
                "sources.*.batch_retention",
                "an interval of PostgreSQL, e.g. 1 day or 12 hours",
                "`1 day`",
                "How long the source's topic keeps row images. Longer than PostgreSQL may ever be away.");
        key(
                "sources.*.copy_max_memory",
                "a number of bytes of at least 1M, or with k, M or G: 300M",
                "`300M`",
                "Rows that an initial copy has under way at a time, by the source's statistics: a key range is at most this, divided by `copy_threads`, and no more than 256M. What is held in memory is less.");
        key(
                "sources.*.copy_threads",
                "a whole number from 1 to 64",
                "`2`",
                "Tables and key ranges that the initial copy loads at a time; two connections each.");
        key(
                "sources.*.copy_mode",
                "file or direct",
                "`direct`",
                "No effect, accepted for pg_chameleon's files: rows always go directly into COPY, without a file between.");
        key("sources.*.out_dir", "a directory", NONE, "No effect: the initial copy writes no files.");
        key(
                "sources.*.sleep_loop",
                SECONDS + "; at most 1 hour",
                "`1`",
                "Wait between two attempts while a server is away. Replication itself does not sleep: changes are"
                        + " passed on at once.");
        key(
                "sources.*.on_error_replay",
                "continue, exit or resync",
                "`continue`",
                "`continue`: what cannot be applied disables its table, or is kept as a discarded row, and the others go"
                        + " on. `exit`: the source stops. `resync`: as `continue`, and the table is copied again by"
                        + " itself.");
        key(
                "sources.*.auto_resync",
                "true or false",
                "`true`",
                "Whether a table is copied again by itself, while the others stream on, after a statement whose effect on"
                        + " its rows only the source knows or that is not understood. `false`: it stays disabled until"
                        + " `sync_tables`.");
        key(
                "sources.*.on_error_read",
                "continue or exit",
                "`continue`",
                "`continue`: when the source server goes away the reader waits until it is back. `exit`: the source stops."
                        + " pg_chameleon stopped when the key was absent.");
        key(
                "sources.*.auto_maintenance",
                "disabled, or an interval of PostgreSQL, e.g. 1 day",
                "`disabled`",
                "Time between two runs of what `run_maintenance` does, in the process that replays.");
        key(
                "sources.*.gtid_enable",
                "true or false",
                "`true`",
                "Follow the binlog by GTID where the server keeps GTIDs, which survives a fail-over; `false` uses file"
                        + " and position. pg_chameleon's default was `false`.");
        key(
                "sources.*.skip_events",
                "a mapping with insert, update, delete",
                NONE,
                "Row events to leave out on purpose.");
        for (String kind : List.of("insert", "update", "delete")) {
            key(
                    "sources.*.skip_events." + kind,
                    "a list of schema or schema.table",
                    NONE,
                    "Schemas and tables of the origin whose " + kind + "s are not replicated.");
        }
        key(
                "sources.*.keep_existing_schema",
                "true or false",
                "`false`",
                "`true`: the initial copy keeps the destination's tables, empties and loads them, with their indexes and foreign keys made anew; `false`: it builds them"
                        + " anew and swaps them in.");
        key("sources.*.net_read_timeout", SECONDS, "`600`", "MySQL's `net_read_timeout` in our sessions.");
        key(
                "sources.*.type_profile",
                "lossless or pg_chameleon",
                "as at the top",
                "As `type_profile`, for this source.");
        key(
                "sources.*.zero_dates",
                "null, infinity or error",
                "`null`",
                "What zero and partial dates become (`0000-00-00`, `2026-00-00`), which PostgreSQL cannot hold. `null`: null,"
                        + " `-infinity` in a `NOT NULL` column. `infinity`: `-infinity`. `error`: the row is refused and"
                        + " kept. Counted in `show_status`.");
        key(
                "sources.*.nul_characters",
                "strip, replace or error",
                "`strip`",
                "What becomes of NUL characters in texts and of `\\u0000` in JSON, which PostgreSQL cannot hold. `strip`: they"
                        + " are left out. `replace`: U+FFFD stands for them. `error`: the row is refused and kept."
                        + " Counted in `show_status`.");
        key(
                "sources.*.fillfactor",
                "as fillfactor at the top",
                NONE,
                "Fill factors of this source's tables; goes before the top-level ones.");
        key("sources.*.fillfactor.*", "a mapping with tables", NONE, "As `fillfactor.*`.");
        key("sources.*.fillfactor.*.tables", "\"*\" or " + TABLES, "", "As `fillfactor.*.tables`.");
    }

    private static void sourceConnection() {
        TITLES.put("sources.*.db_conn", "Connection to a source");
        key("sources.*.db_conn", "a mapping", "", "How to reach the source server.");
        key("sources.*.db_conn.host", "a host name or address", "`localhost`", "The server.");
        key("sources.*.db_conn.port", "a port from 1 to 65535", "`3306`", "Its port.");
        key(
                "sources.*.db_conn.user",
                "a user name",
                "",
                "Needs SELECT on the replicated schemas, REPLICATION SLAVE and REPLICATION CLIENT.");
        key("sources.*.db_conn.password", "any text", NONE, "As `pg_conn.password`.");
        key(
                "sources.*.db_conn.charset",
                "a character set",
                "`utf8mb4`",
                "No effect on data: every column is read in its own character set, whatever the connection speaks.");
        key("sources.*.db_conn.connect_timeout", SECONDS, "`10`", "Longest wait for a connection; 0 waits for ever.");
        key(
                "sources.*.db_conn.ssl_mode",
                "disabled, preferred, required, verify_ca or verify_identity",
                "`disabled`",
                "TLS as in MySQL's clients: `preferred` encrypts when the server can and checks nothing, `required`"
                        + " insists on it, `verify_ca` checks the certificate, `verify_identity` its host name too.");
        key(
                "sources.*.db_conn.ssl_ca",
                "a file",
                NONE,
                "PEM file with the authorities that may sign the server's certificate; needed for verify_ca and"
                        + " verify_identity unless Java's own list has them.");
        key(
                "sources.*.db_conn.ssl_cert",
                "a file",
                NONE,
                "Refused: a source is not reached with a client certificate yet.");
        key("sources.*.db_conn.ssl_key", "a file", NONE, "Refused, as `ssl_cert`.");
    }

    private static void fillfactor() {
        TITLES.put("fillfactor", "Fill factors");
        key(
                "fillfactor",
                "a mapping of percentages",
                NONE,
                "Room to leave in the pages of tables with many updates. Where a table stands under several, the last holds.");
        key("fillfactor.*", "a mapping with tables, under a whole number from 10 to 100", NONE, "One percentage.");
        key(
                "fillfactor.*.tables",
                "\"*\" or " + TABLES,
                "",
                "The tables, by their names at the source; `\"*\"` means all.");
    }

    private static void kafka() {
        TITLES.put("kafka", "Kafka");
        key("kafka", "a mapping", NONE, "Where the topics are.");
        key(
                "kafka.bootstrap_servers",
                "embedded, or host:port separated by commas or as a list",
                "`embedded`",
                "`embedded` runs a broker inside the process that runs the replica; otherwise a cluster that is there.");
        key(
                "kafka.topic_prefix",
                "1 to 100 letters, digits, '.', '_' and '-'",
                "`kameleon`",
                "First part of every topic's name. Two installations on one cluster need two prefixes.");
        key(
                "kafka.directory",
                "a directory",
                "`<home>/kafka/<name of the file>`",
                "Data of the embedded broker. Lasting: what is read and not replayed yet is only here.");
        key(
                "kafka.port",
                "a port from 1 to 65535, or 0 for a free one",
                "`0`",
                "Port of the embedded broker on the loopback interface. A free one is kept for later starts.");
        key(
                "kafka.replication_factor",
                "a whole number from 1 to 100, or -1 for the brokers' default",
                "`-1`",
                "Copies of each topic that is created on a cluster.");
        key(
                "kafka.properties",
                "a mapping of Kafka client properties",
                NONE,
                "Handed to every Kafka client as they stand: security, timeouts, compression.");
        key("kafka.properties.*", "any text", NONE, "One property. What keeps the replica exact cannot be set.");
    }

    private static void registry() {
        TITLES.put("schema_registry", "Schema registry");
        key("schema_registry", "embedded or a mapping", "`embedded`", "Where the Avro schemas are.");
        key(
                "schema_registry.url",
                "embedded, or http(s) URLs separated by commas",
                "`embedded`",
                "A server that speaks Confluent's API; `embedded` keeps the schemas in the topic `_schemas`.");
        key(
                "schema_registry.properties",
                "a mapping of registry client properties",
                NONE,
                "Handed to the registry client as they stand: authentication, TLS.");
        key("schema_registry.properties.*", "any text", NONE, "One property.");
    }
}
