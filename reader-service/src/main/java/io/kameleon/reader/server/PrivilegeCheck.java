package io.kameleon.reader.server;

import io.kameleon.reader.server.SettingsFinding.Severity;
import io.kameleon.schemas.error.ErrorCode;
import java.util.List;

/** The part of the {@link SettingsCheck} on what the user may do, and on which schemas there are. */
final class PrivilegeCheck {
    private final SourceServer server;
    private final SettingsCheck.Needs needs;

    PrivilegeCheck(SourceServer server, SettingsCheck.Needs needs) {
        this.server = server;
        this.needs = needs;
    }

    void run(List<SettingsFinding> findings) {
        Grants grants = Grants.parse(grantLines());
        checkReplication(grants, findings);
        for (String schema : needs.schemas()) {
            checkSchema(schema, grants, findings);
        }
    }

    /** With the privileges of the roles that are active in this session. */
    private List<String> grantLines() {
        String roles = server.facts().isMySql(8, 0, 0) ? server.value("SELECT CURRENT_ROLE()") : "NONE";
        boolean hasRoles = roles != null && !roles.equals("NONE");
        return server.list(
                hasRoles ? "SHOW GRANTS FOR CURRENT_USER() USING " + roles : "SHOW GRANTS", row -> row.getString(1));
    }

    private void checkReplication(Grants grants, List<SettingsFinding> findings) {
        if (!grants.hasGlobal("REPLICATION SLAVE", "REPLICATION REPLICA")) {
            findings.add(missing("REPLICATION SLAVE", "read the binlog", "*.*"));
        }
        if (!grants.hasGlobal("REPLICATION CLIENT", "BINLOG MONITOR", "SUPER")) {
            String name = needsBinlogMonitor() ? "BINLOG MONITOR" : "REPLICATION CLIENT";
            findings.add(missing(name, "see the binlog's position", "*.*"));
        }
    }

    private boolean needsBinlogMonitor() {
        return server.facts().isMariaDb() && server.facts().version().isAtLeast(10, 5, 2);
    }

    private void checkSchema(String schema, Grants grants, List<SettingsFinding> findings) {
        if (server.value("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?", schema) == null) {
            findings.add(schemaMissing(schema));
            return;
        }
        String object = Identifiers.quote(schema) + ".*";
        if (!grants.hasOnSchema("SELECT", schema)) {
            findings.add(
                    grants.hasOnSomeTable("SELECT", schema)
                            ? partial(schema, object)
                            : missing("SELECT", "read the tables of schema '" + schema + "'", object));
        }
        if (!grants.hasOnSchema("LOCK TABLES", schema) && locksTables(schema)) {
            findings.add(missing("LOCK TABLES", "copy every table of schema '" + schema + "' exactly", object));
        }
    }

    /** Whether the copy of some table needs a lock: all by coordinates on MySQL, else keyless ones and foreign engines. */
    private boolean locksTables(String schema) {
        boolean mySql = !server.facts().isMariaDb();
        if (mySql && needs.resumeBy() == ResumeBy.COORDINATES) {
            return true;
        }
        boolean foreignEngine =
                new DefinitionReader(server).tables(schema).stream().anyMatch(t -> !t.hasConsistentReads());
        return foreignEngine || mySql && hasKeylessTable(schema);
    }

    private boolean hasKeylessTable(String schema) {
        return server.value("""
                        SELECT t.TABLE_NAME FROM information_schema.TABLES t
                        WHERE t.TABLE_SCHEMA = ? AND t.TABLE_TYPE = 'BASE TABLE' AND NOT EXISTS (
                            SELECT 1 FROM information_schema.STATISTICS s
                            WHERE s.TABLE_SCHEMA = t.TABLE_SCHEMA AND s.TABLE_NAME = t.TABLE_NAME AND s.NON_UNIQUE = 0
                            GROUP BY s.INDEX_NAME
                            HAVING SUM(s.NULLABLE = 'YES' OR s.SUB_PART IS NOT NULL OR s.COLUMN_NAME IS NULL) = 0)
                        LIMIT 1
                        """, schema) != null;
    }

    private SettingsFinding missing(String privilege, String purpose, String object) {
        return new SettingsFinding(
                "privilege " + privilege,
                "not granted",
                "granted",
                "User '" + server.address().user() + "' lacks the privilege " + privilege + " to " + purpose,
                grant(privilege, object),
                Severity.STOP,
                ErrorCode.SOURCE_ACCESS_DENIED);
    }

    private SettingsFinding partial(String schema, String object) {
        return new SettingsFinding(
                "privilege SELECT",
                "granted on single tables",
                "granted on the schema",
                "User '" + server.address().user() + "' may read only some tables of schema '" + schema
                        + "', and the others are not seen at all",
                grant("SELECT", object),
                Severity.WARN,
                ErrorCode.SOURCE_ACCESS_DENIED);
    }

    private SettingsFinding schemaMissing(String schema) {
        return new SettingsFinding(
                "schema " + schema,
                "missing",
                "present",
                "The schema '" + schema + "' does not exist, or user '"
                        + server.address().user() + "' may see nothing of it",
                "correct schema_mappings of the source '" + server.address().name() + "', or "
                        + grant("SELECT", Identifiers.quote(schema) + ".*"),
                Severity.STOP,
                ErrorCode.SOURCE_SCHEMA_MISSING);
    }

    /** The account, with the host part under which the server knows it. */
    private String grant(String privilege, String object) {
        String account = server.value("SELECT CURRENT_USER()");
        int at = account.lastIndexOf('@');
        return "GRANT " + privilege + " ON " + object + " TO '" + account.substring(0, at) + "'@'"
                + account.substring(at + 1) + "'";
    }
}
