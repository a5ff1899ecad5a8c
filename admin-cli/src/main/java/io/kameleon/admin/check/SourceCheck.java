package io.kameleon.admin.check;

import io.kameleon.admin.check.SourceFinding.Severity;
import io.kameleon.admin.check.TableFindings.Cascades;
import io.kameleon.admin.runtime.SourceDefinitions;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SettingsCheck;
import io.kameleon.reader.server.SettingsFinding;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Everything that can be said of a source before its copy. Only reads. One use only. */
public final class SourceCheck {
    private final SourceServer server;
    private final SourceSettings settings;
    private final int sampleRows;
    private final List<SourceFinding> findings = new ArrayList<>();

    /** @param sampleRows rows of each table that are looked at; 0 for none */
    public SourceCheck(SourceServer server, SourceSettings settings, int sampleRows) {
        this.server = server;
        this.settings = settings;
        this.sampleRows = sampleRows;
    }

    /** Worst first, then by table. */
    public List<SourceFinding> run() {
        serverSettings();
        Set<String> schemas = settings.filter().mappings().keySet();
        var read = new SourceDefinitions(server).read(schemas);
        List<TableDefinition> tables = read.tables().values().stream()
                .filter(t -> settings.filter().includes(t.id()))
                .toList();
        read.refused().forEach((id, reason) -> {
            if (settings.filter().includes(id)) {
                add(Severity.BLOCKS, id.toString(), reason.code().name(), reason.getMessage(), "");
            }
        });
        Cascades cascades = cascades(server.facts());
        var sample = new RowSample(server, sampleRows);
        for (TableDefinition table : tables) {
            findings.addAll(
                    new TableFindings(settings, table, cascades, server.facts().flavour()).find());
            findings.addAll(sample.of(table));
        }
        namesAcrossTables(tables);
        helpers(read.tables().values());
        otherObjects(schemas);
        findings.sort(Comparator.comparing(SourceFinding::severity).thenComparing(SourceFinding::subject));
        return findings;
    }

    private void serverSettings() {
        var needs = SettingsCheck.Needs.of(
                settings.source().serverId(),
                settings.filter().mappings().keySet(),
                settings.byGtid() ? ResumeBy.GTID : ResumeBy.COORDINATES);
        for (SettingsFinding finding : SettingsCheck.run(server, needs)) {
            add(
                    finding.stops() ? Severity.BLOCKS : Severity.RISK,
                    finding.setting(),
                    "SETTING",
                    finding.sentence(),
                    finding.statement());
        }
    }

    /** MySQL 9.6 does foreign keys above the storage engine, and logs what they do. */
    private static Cascades cascades(ServerFacts facts) {
        return facts.isMySql(9, 6, 0) ? Cascades.LOGGED : Cascades.NOT_LOGGED;
    }

    private void namesAcrossTables(List<TableDefinition> tables) {
        settings.filter().mappings().forEach((origin, destination) -> {
            try {
                DestinationNames.check(tables.stream()
                        .filter(t -> t.id().schema().equals(origin))
                        .toList());
            } catch (ReplicationException e) {
                add(Severity.BLOCKS, origin, e.code().name(), e.getMessage(), "");
            }
        });
    }

    private void helpers(Iterable<TableDefinition> tables) {
        for (TableDefinition table : tables) {
            boolean leftOut =
                    TableFilter.isHelper(table.id()) && !settings.filter().includes(table.id());
            if (leftOut) {
                add(
                        Severity.NOTE,
                        table.id().toString(),
                        "HELPER_TABLE",
                        "it is called like a helper table of gh-ost and is left out",
                        "Name it in limit_tables if it is none.");
            }
        }
    }

    private void otherObjects(Set<String> schemas) {
        for (String schema : schemas) {
            count(schema, "VIEWS", "TABLE_SCHEMA", "view(s)");
            count(schema, "TRIGGERS", "TRIGGER_SCHEMA", "trigger(s)");
            count(schema, "ROUTINES", "ROUTINE_SCHEMA", "routine(s)");
            count(schema, "EVENTS", "EVENT_SCHEMA", "event(s)");
            if (new DefinitionReader(server).tables(schema).isEmpty()) {
                add(Severity.RISK, schema, "EMPTY", "the schema has no tables, or does not exist", "");
            }
        }
    }

    private void count(String schema, String view, String column, String what) {
        String number =
                server.value("SELECT COUNT(*) FROM information_schema." + view + " WHERE " + column + " = ?", schema);
        if (!number.equals("0")) {
            add(Severity.NOTE, schema, "NOT_REPLICATED", number + " " + what + " are not replicated", "");
        }
    }

    private void add(Severity severity, String subject, String code, String finding, String remedy) {
        findings.add(new SourceFinding(severity, subject, code, finding, remedy));
    }
}
