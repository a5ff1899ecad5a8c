package io.kameleon.admin.command;

import io.kameleon.admin.compare.CompareConsole;
import io.kameleon.admin.compare.CompareReport;
import io.kameleon.admin.compare.CompareTargets;
import io.kameleon.admin.compare.ReportText;
import io.kameleon.admin.compare.SchemaComparison;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the replicated tables on both sides and compares them row by row. Lists the keys of rows that differ: this",
            "prints column values. While the replica runs, rows that differ are looked at again for some seconds, since they",
            "may be on their way; run wait_replica before."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:equal", "1:different, or failed", "2:wrong usage"})
final class CompareCommand implements Callable<Integer> {
    private static final int RECHECKS_MAX = 5;
    private static final Duration RECHECK_WAIT = Duration.ofSeconds(1);

    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(names = "--schema", paramLabel = "NAME", description = "Only this schema of the source.")
    private String schema;

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "SCHEMA.TABLE",
            description = "Only these tables of the source, separated by commas.")
    private List<String> tables = List.of();

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, SQLException {
        Logging.console(common.debug());
        Installation installation = common.installation();
        installation.registered(source.name());
        SourceSettings settings = Replica.settings(installation, source.name());
        Map<String, String> mappings = mappings(settings);
        try (SourceServer server = SourceServer.connect(settings.address());
                Connection destination = installation.database().connections().open("compare-" + source.name());
                var progress = new CompareConsole(spec.commandLine().getErr(), System.console() != null)) {
            CompareTargets targets =
                    CompareTargets.read(server, mappings, id -> isWanted(settings, id), settings.values());
            requireFound(targets);
            var comparison = new SchemaComparison(server, destination, targets, progress);
            List<CompareReport> reports = compare(installation, comparison);
            progress.close();
            return show(reports);
        }
    }

    private Map<String, String> mappings(SourceSettings settings) {
        Map<String, String> mappings = new HashMap<>(settings.filter().mappings());
        if (schema != null && !mappings.containsKey(schema)) {
            throw new ReplicationException(
                    ErrorCode.SOURCE_SCHEMA_MISSING,
                    "The schema is not replicated",
                    Map.of("source", source.name(), "schema", schema),
                    "Name one that schema_mappings has: " + new TreeSet<>(mappings.keySet()) + ".");
        }
        mappings.keySet().removeIf(name -> schema != null && !name.equals(schema));
        return mappings;
    }

    private boolean isWanted(SourceSettings settings, TableId table) {
        return settings.filter().includes(table) && (tables.isEmpty() || tables.contains(table.toString()));
    }

    private void requireFound(CompareTargets targets) {
        var missing = new TreeSet<>(tables);
        targets.targets().forEach(target -> missing.remove(target.source().id().toString()));
        targets.unreadable().forEach(report -> missing.remove(report.table().toString()));
        if (!missing.isEmpty()) {
            throw new ReplicationException(
                    ErrorCode.TABLE_UNKNOWN,
                    "The source has no such tables that are replicated",
                    Map.of("source", source.name(), "tables", missing),
                    "Name them as schema.table, as the source does.");
        }
    }

    private List<CompareReport> compare(Installation installation, SchemaComparison comparison)
            throws InterruptedException {
        List<CompareReport> reports = comparison.compare();
        for (int i = 0; i < RECHECKS_MAX && comparison.canSettle() && isRunning(installation); i++) {
            Thread.sleep(RECHECK_WAIT.toMillis());
            reports = comparison.recheck();
        }
        return reports;
    }

    private boolean isRunning(Installation installation) {
        return !installation
                .catalogue()
                .read(connection -> RunningCheck.live(connection, source.name()))
                .isEmpty();
    }

    private int show(List<CompareReport> reports) {
        boolean equal = reports.stream().allMatch(CompareReport::isEqual);
        var out = spec.commandLine().getOut();
        if (format.isJson()) {
            List<Map<String, Object>> maps =
                    reports.stream().map(ReportText::map).toList();
            Json.print(out, Map.of("source", source.name(), "equal", equal, "tables", maps));
        } else {
            ReportText.print(out, reports);
            out.println(equal ? "Equal." : "Different.");
            out.flush();
        }
        return equal ? 0 : 1;
    }
}
