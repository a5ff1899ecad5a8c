package io.kameleon.reader.server;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads {@link ServerFacts} from a fresh session, in a handful of queries that both flavours answer. */
final class FactsReader {
    private final SourceServer server;

    FactsReader(SourceServer server) {
        this.server = server;
    }

    ServerFacts read() {
        String versionText = server.value("SELECT VERSION()");
        ServerFlavour flavour = flavour(versionText);
        Map<String, String> variables = variables();
        return new ServerFacts(
                flavour,
                ServerVersion.parse(versionText),
                serverUuid(flavour, variables),
                Long.parseLong(variables.getOrDefault("server_id", "0")),
                Integer.parseInt(variables.getOrDefault("lower_case_table_names", "0")),
                isOn(variables.getOrDefault("log_bin", "OFF")),
                upper(variables, "binlog_format"),
                upper(variables, "binlog_row_image"),
                upper(variables, "binlog_row_metadata"),
                flavour == ServerFlavour.MARIADB ? GtidMode.ON : gtidMode(variables),
                isOff(variables.getOrDefault("innodb_native_foreign_keys", "ON"))
                        ? ServerFacts.Cascades.LOGGED
                        : ServerFacts.Cascades.NOT_LOGGED,
                variables.getOrDefault("character_set_server", ""),
                variables.getOrDefault("collation_server", ""),
                defaultCollations(variables));
    }

    private ServerFlavour flavour(String versionText) {
        String comment = server.value("SELECT @@version_comment");
        boolean mariaDb = (versionText + " " + comment).toLowerCase(Locale.ROOT).contains("mariadb");
        return mariaDb ? ServerFlavour.MARIADB : ServerFlavour.MYSQL;
    }

    private Map<String, String> variables() {
        var variables = new HashMap<String, String>();
        server.each(
                "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_uuid', 'server_id', 'hostname', 'port',"
                        + " 'lower_case_table_names', 'log_bin', 'binlog_format', 'binlog_row_image',"
                        + " 'binlog_row_metadata', 'gtid_mode', 'character_set_server', 'collation_server',"
                        + " 'character_set_collations', 'innodb_native_foreign_keys')",
                row -> variables.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)));
        return variables;
    }

    private static String serverUuid(ServerFlavour flavour, Map<String, String> variables) {
        if (flavour == ServerFlavour.MYSQL && variables.containsKey("server_uuid")) {
            return variables.get("server_uuid");
        }
        return variables.get("server_id") + "@" + variables.get("hostname") + ":" + variables.get("port");
    }

    private static GtidMode gtidMode(Map<String, String> variables) {
        return GtidMode.valueOf(variables.getOrDefault("gtid_mode", "OFF").toUpperCase(Locale.ROOT));
    }

    private static boolean isOn(String value) {
        return value.equalsIgnoreCase("ON") || value.equals("1");
    }

    private static boolean isOff(String value) {
        return value.equalsIgnoreCase("OFF") || value.equals("0");
    }

    private static String upper(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "").toUpperCase(Locale.ROOT);
    }

    /** MariaDB 11.2 and later may override the built-in defaults by {@code character_set_collations}. */
    private Map<String, String> defaultCollations(Map<String, String> variables) {
        var collations = new HashMap<String, String>();
        server.each(
                "SELECT CHARACTER_SET_NAME, DEFAULT_COLLATE_NAME FROM information_schema.CHARACTER_SETS",
                row -> collations.put(row.getString(1), row.getString(2)));
        for (String pair :
                variables.getOrDefault("character_set_collations", "").split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String charset = pair.substring(0, equals).strip();
                collations.put(
                        charset,
                        fullCollation(charset, pair.substring(equals + 1).strip()));
            }
        }
        return collations;
    }

    /** MariaDB shortens {@code utf8mb4_uca1400_ai_ci} to {@code uca1400_ai_ci} where the character set is plain. */
    private static String fullCollation(String charset, String collation) {
        return collation.startsWith(charset + "_") || collation.equals("binary")
                ? collation
                : charset + "_" + collation;
    }
}
