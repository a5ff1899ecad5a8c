package io.kameleon.admin.command;

import io.kameleon.admin.check.SourceCheck;
import io.kameleon.admin.check.SourceFinding;
import io.kameleon.admin.check.SourceFinding.Severity;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.server.SourceServer;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check_source",
        aliases = "check-source",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at a source before it is copied, and says what will be different in PostgreSQL: settings and rights that are",
            "missing, tables without a key, types and names that change, foreign keys whose cascades are not in the binlog, unique",
            "keys that ignore case, zero dates and NUL characters in a sample of the rows. Only reads; needs no catalogue.",
            "",
            "  blocks  the source, or that table, cannot be replicated",
            "  risk    it is replicated, but something may differ or be slow",
            "  note    it is replicated in another form",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing blocks", "1:something blocks, or failed", "2:wrong usage"})
final class CheckSourceCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--sample",
            paramLabel = "ROWS",
            defaultValue = "1000",
            description = "How many rows of each table to look at; 0 for none. Default: ${DEFAULT-VALUE}.")
    private int sampleRows;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        var settings = new SourceSettings(installation.config(), installation.source(source.name()));
        try (SourceServer server = SourceServer.connect(settings.address())) {
            List<SourceFinding> findings = new SourceCheck(server, settings, Math.max(sampleRows, 0)).run();
            boolean blocked = findings.stream().anyMatch(f -> f.severity() == Severity.BLOCKS);
            show(findings, blocked);
            return blocked ? 1 : 0;
        }
    }

    private void show(List<SourceFinding> findings, boolean blocked) {
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            var map = new LinkedHashMap<String, Object>();
            map.put("source", source.name());
            map.put("blocked", blocked);
            map.put("findings", findings.stream().map(CheckSourceCommand::map).toList());
            Json.print(out, map);
            return;
        }
        var table = new TextTable("Severity", "Where", "Finding", "What to do");
        findings.forEach(f -> table.row(word(f), f.subject(), f.finding(), f.remedy()));
        if (!table.isEmpty()) {
            table.print(out);
        }
        out.println(
                blocked
                        ? "Something blocks. The rest can be replicated."
                        : "Nothing blocks. Next: kameleon add_source --source " + source.name());
        out.flush();
    }

    private static Map<String, Object> map(SourceFinding finding) {
        var map = new LinkedHashMap<String, Object>();
        map.put("severity", word(finding));
        map.put("subject", finding.subject());
        map.put("code", finding.code());
        map.put("finding", finding.finding());
        map.put("remedy", finding.remedy());
        return map;
    }

    private static String word(SourceFinding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }
}
