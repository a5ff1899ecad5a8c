package io.kameleon.reader.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The session variables that make a session's results independent of the server's defaults. */
final class SessionSettings {
    /** Ample for a table lock that is needed at all; who locks on purpose sets a shorter one. */
    private static final int LOCK_WAIT_SECONDS = 60;

    /** While a slow consumer holds up a result, the server must not hang up. */
    private static final int WRITE_TIMEOUT_SECONDS = 3600;

    /** Idle sessions of a long copy. */
    private static final int IDLE_TIMEOUT_SECONDS = 28_800;

    private SessionSettings() {}

    static void apply(SourceServer server) {
        server.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        server.execute(settings(server.facts(), server.address()).entrySet().stream()
                .map(e -> "SESSION " + e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", ", "SET ", "")));
    }

    static Map<String, String> settings(ServerFacts facts, SourceAddress address) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("time_zone", "'+00:00'");
        // No quoting, padding or date rule of the server's own mode may change what is read or compared.
        settings.put("sql_mode", "'ALLOW_INVALID_DATES'");
        settings.put("sql_quote_show_create", "1");
        settings.put("sql_select_limit", "18446744073709551615");
        settings.put("sql_big_selects", "1");
        settings.put("autocommit", "1");
        settings.put(
                "net_read_timeout",
                Long.toString(Math.max(1, address.readTimeout().toSeconds())));
        settings.put("net_write_timeout", Integer.toString(WRITE_TIMEOUT_SECONDS));
        settings.put("wait_timeout", Integer.toString(IDLE_TIMEOUT_SECONDS));
        settings.put("lock_wait_timeout", Integer.toString(LOCK_WAIT_SECONDS));
        if (facts.isMariaDb()) {
            settings.put("max_statement_time", "0");
        }
        if (facts.isMySql(5, 7, 8)) {
            settings.put("max_execution_time", "0");
            // While variables are tracked the server tells the state of transactions too, which Connector/J 3.5.6 steps
            // over
            // in the wrong buffer: it reads what an earlier packet has left there.
            settings.put("session_track_system_variables", "''");
            settings.put("session_track_schema", "OFF");
        }
        if (facts.isMySql(8, 0, 3)) {
            // Row estimates would otherwise be up to a day old.
            settings.put("information_schema_stats_expiry", "0");
        }
        if (facts.isMySql(8, 0, 30)) {
            // The invisible key is in the row images, so it has to be in the definitions.
            settings.put("show_gipk_in_create_table_and_information_schema", "ON");
        }
        return settings;
    }
}
