package io.kameleon.admin.command;

import io.kameleon.admin.explain.ExplainedChange;
import io.kameleon.admin.explain.StatementExplanation;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceDefinitions;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.ddl.SessionContext;
import io.kameleon.reader.ddl.SqlMode;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "ddl_explain",
        aliases = "ddl-explain",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a statement of the source would do to the replica: the statements for PostgreSQL, and what becomes of the",
            "rows that are there. Runs nothing, on neither side.",
            "",
            "While the replica runs, the statement meets the tables as the reader has them; otherwise as the source has them now.",
            "",
            "  kameleon ddl_explain --source shop --schema shop \"ALTER TABLE orders ADD note TEXT\"",
            ""
        })
final class DdlExplainCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Parameters(paramLabel = "STATEMENT", description = "The statement, as the source would run it, in quotes.")
    private String statement;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            description =
                    "The default database, for names without one. Default: the source's schema, when it has only one.")
    private String schema;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        var settings = new SourceSettings(installation.config(), installation.source(source.name()));
        try (SourceServer server = SourceServer.connect(settings.address())) {
            var definitions = new SourceDefinitions(server);
            Map<String, String> mappings = settings.filter().mappings();
            Optional<Map<TableId, TableDefinition>> tracked = tracked(installation, settings);
            Map<TableId, TableDefinition> tables =
                    tracked.orElseGet(() -> definitions.read(mappings.keySet()).tables());
            var explanation = new StatementExplanation(settings, definitions.tracker(tables, mappings.keySet()));
            List<ExplainedChange> changes = explanation.explain(statement, session(server, mappings));
            show(changes, tracked.isPresent() ? "the running reader" : "the source");
        }
        return 0;
    }

    private static Optional<Map<TableId, TableDefinition>> tracked(Installation installation, SourceSettings settings) {
        String name = settings.source().name();
        try (KafkaAccess kafka =
                KafkaAccess.running(installation.config(), name).orElse(null)) {
            return kafka == null
                    ? Optional.empty()
                    : settings.reader(kafka).stateTopic().load().map(ReadState::tables);
        }
    }

    private SessionContext session(SourceServer server, Map<String, String> mappings) {
        String only = mappings.size() == 1 ? mappings.keySet().iterator().next() : "";
        long mode = Long.parseLong(server.value("SELECT @@GLOBAL.sql_mode + 0"));
        return SessionContext.of(schema == null ? only : schema, Instant.now().getEpochSecond())
                .withSqlMode(SqlMode.of(mode))
                .withTime(0, "+00:00");
    }

    private void show(List<ExplainedChange> changes, String definedBy) {
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            Json.print(out, map(changes, definedBy));
            return;
        }
        if (changes.isEmpty()) {
            out.println("It changes no replicated table: nothing happens in PostgreSQL.");
        }
        changes.forEach(change -> print(out, change));
        out.println("Tables as " + definedBy + " has them. Nothing was run.");
        out.flush();
    }

    private static void print(PrintWriter out, ExplainedChange change) {
        out.println("Table " + change.table() + ": " + change.change());
        change.statements().forEach(sql -> out.println("  " + sql + ";"));
        change.notes().forEach(note -> out.println("  Note: " + note));
        String why = change.reason().isEmpty() ? "" : ": " + change.reason();
        out.println("  Old rows " + change.effect().sentence() + why);
    }

    private Map<String, Object> map(List<ExplainedChange> changes, String definedBy) {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", source.name());
        map.put("statement", statement);
        map.put("defined_by", definedBy);
        map.put("changes", changes.stream().map(DdlExplainCommand::map).toList());
        return map;
    }

    private static Map<String, Object> map(ExplainedChange change) {
        var map = new LinkedHashMap<String, Object>();
        map.put("table", change.table().toString());
        map.put("change", change.change());
        map.put("statements", change.statements());
        map.put("notes", change.notes());
        map.put("data_effect", change.effect().name().toLowerCase(Locale.ROOT));
        map.put("reason", change.reason());
        return map;
    }
}
