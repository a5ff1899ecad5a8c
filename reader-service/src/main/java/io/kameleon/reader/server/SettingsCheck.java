package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.server.SettingsFinding.Severity;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Proves, before the first row moves, that a source can be replicated, and says what to run where it cannot.
 *
 * <p>Looks at global values: a session that overrides one is met at run time (F3, F4). Changes nothing. One thread.
 */
public final class SettingsCheck {
    private final SourceServer server;
    private final Needs needs;
    private final List<SettingsFinding> findings = new ArrayList<>();
    private Map<String, String> variables = Map.of();

    private SettingsCheck(SourceServer server, Needs needs) {
        this.server = server;
        this.needs = needs;
    }

    /** Every finding; empty when all is well. */
    public static List<SettingsFinding> run(SourceServer server, Needs needs) {
        return new SettingsCheck(server, needs).run();
    }

    /** @throws ReplicationException with all STOP findings in one message, under the code of the first */
    public static void require(SourceServer server, List<SettingsFinding> findings) {
        List<SettingsFinding> stops =
                findings.stream().filter(SettingsFinding::stops).toList();
        if (!stops.isEmpty()) {
            throw new ReplicationException(
                    stops.get(0).code(),
                    stops.stream().map(SettingsFinding::sentence).collect(Collectors.joining("; ")),
                    server.address().where(),
                    "Run on the source: "
                            + stops.stream()
                                    .map(SettingsFinding::statement)
                                    .distinct()
                                    .collect(Collectors.joining("; "))
                            + ".");
        }
    }

    private List<SettingsFinding> run() {
        variables = variables();
        checkBinlog();
        checkRowContents();
        checkServerId();
        checkRetention();
        new PrivilegeCheck(server, needs).run(findings);
        return List.copyOf(findings);
    }

    private Map<String, String> variables() {
        var values = new HashMap<String, String>();
        server.each(
                "SHOW GLOBAL VARIABLES WHERE Variable_name LIKE '%binlog%' OR Variable_name LIKE '%log\\_bin%'"
                        + " OR Variable_name IN ('server_id', 'expire_logs_days')",
                row -> values.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)));
        return values;
    }

    private String variable(String name) {
        String value = variables.get(name);
        return value == null ? "" : value.toUpperCase(Locale.ROOT);
    }

    private void checkBinlog() {
        if (!variable("log_bin").equals("ON")) {
            stop(
                    "log_bin",
                    "ON",
                    "The server writes no binlog",
                    "put 'log_bin = binlog' into the [mysqld] section of its configuration and restart the server");
        }
        if (!variable("binlog_format").equals("ROW")) {
            stop(
                    "binlog_format",
                    "ROW",
                    "The binlog holds statements instead of rows (binlog_format is " + variable("binlog_format") + ")",
                    set("binlog_format", "'ROW'"));
        }
    }

    private void checkRowContents() {
        if (!variable("binlog_row_image").equals("FULL")) {
            stop(
                    "binlog_row_image",
                    "FULL",
                    "The binlog leaves out columns (binlog_row_image is " + variable("binlog_row_image") + ")",
                    set("binlog_row_image", "'FULL'"));
        }
        if (variable("binlog_row_value_options").contains("PARTIAL_JSON")) {
            warn(
                    "binlog_row_value_options",
                    "",
                    "The binlog holds only the changed parts of JSON values, of no use in a session that also logs no image"
                            + " before",
                    set("binlog_row_value_options", "''"));
        }
        if (variable("binlog_transaction_compression").equals("ON")) {
            warn(
                    "binlog_transaction_compression",
                    "OFF",
                    "Transactions are compressed as a whole, so that a very large one needs much memory to read",
                    set("binlog_transaction_compression", "OFF"));
        }
    }

    private void checkServerId() {
        if (variable("server_id").equals("0")) {
            stop("server_id", "1 or more", "The server has no server id and accepts no replica", set("server_id", "1"));
        }
        if (variable("server_id").equals(Long.toString(needs.replicaServerId()))) {
            clash("The server itself has the server id " + needs.replicaServerId());
        } else if (replicaIds().contains(needs.replicaServerId())) {
            clash("Another replica of the server has the server id " + needs.replicaServerId());
        }
    }

    private void clash(String sentence) {
        add(new SettingsFinding(
                "my_server_id",
                Long.toString(needs.replicaServerId()),
                "an id that no server or replica has",
                sentence,
                "choose another my_server_id for the source '"
                        + server.address().name() + "'",
                Severity.STOP,
                ErrorCode.SERVER_ID_CLASH));
    }

    /** Registered replicas; empty where the user may not see them, as the list needs more than replication does. */
    private List<Long> replicaIds() {
        var ids = new ArrayList<Long>();
        String statement = server.facts().isMySql(8, 0, 22) ? "SHOW REPLICAS" : "SHOW SLAVE HOSTS";
        try {
            server.eachRow(statement, row -> ids.add(row.getLong(1)));
        } catch (SQLException e) {
            if (!SourceErrors.isAccessDenied(e) && !SourceErrors.isSyntaxError(e)) {
                throw server.failure(e, statement);
            }
        }
        return ids;
    }

    /** MariaDB and MySQL 8 count seconds, MySQL 5.7 days; 0 keeps files for ever. */
    private void checkRetention() {
        boolean inSeconds = variables.containsKey("binlog_expire_logs_seconds");
        String name = inSeconds ? "binlog_expire_logs_seconds" : "expire_logs_days";
        double seconds = number(variables.get("binlog_expire_logs_seconds"))
                + (inSeconds && server.facts().isMariaDb() ? 0 : number(variables.get("expire_logs_days")) * 86_400);
        boolean purges = !variable("binlog_expire_logs_auto_purge").equals("OFF");
        if (purges && seconds > 0 && seconds < needs.retentionSecondsMin()) {
            warn(
                    name,
                    needs.retentionSecondsMin() + " seconds or more",
                    "The server removes binlog files after " + Math.round(seconds)
                            + " seconds, and a reader that is stopped for longer has to copy everything again",
                    set(name, inSeconds ? "604800" : "7"));
        }
    }

    private static double number(String value) {
        return value == null || value.isBlank() ? 0 : Double.parseDouble(value);
    }

    /** SET PERSIST survives a restart; older servers and MariaDB need the configuration file for that. */
    private String set(String name, String value) {
        return (server.facts().isMySql(8, 0, 0) ? "SET PERSIST " : "SET GLOBAL ") + name + " = " + value;
    }

    private void stop(String setting, String required, String sentence, String statement) {
        finding(setting, required, sentence, statement, Severity.STOP);
    }

    private void warn(String setting, String required, String sentence, String statement) {
        finding(setting, required, sentence, statement, Severity.WARN);
    }

    private void finding(String setting, String required, String sentence, String statement, Severity severity) {
        add(new SettingsFinding(
                setting,
                variables.getOrDefault(setting, ""),
                required,
                sentence,
                statement,
                severity,
                ErrorCode.SOURCE_SETTING));
    }

    private void add(SettingsFinding finding) {
        findings.add(finding);
    }

    /**
     * What a source is wanted for.
     *
     * @param replicaServerId     {@code my_server_id}: as which replica the reader logs in
     * @param schemas             the origin schemas
     * @param resumeBy            by coordinates, a copy from MySQL needs LOCK TABLES
     * @param retentionSecondsMin a shorter binlog retention is a warning
     */
    public record Needs(long replicaServerId, List<String> schemas, ResumeBy resumeBy, long retentionSecondsMin) {
        private static final long ONE_DAY = 86_400;

        public Needs {
            requireNonNull(resumeBy, "resumeBy");
            schemas = List.copyOf(schemas);
        }

        public static Needs of(long replicaServerId, Collection<String> schemas, ResumeBy resumeBy) {
            return new Needs(replicaServerId, List.copyOf(schemas), resumeBy, ONE_DAY);
        }
    }
}
