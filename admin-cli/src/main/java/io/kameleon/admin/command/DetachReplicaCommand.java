package io.kameleon.admin.command;

import io.kameleon.admin.detach.DetachReport;
import io.kameleon.admin.detach.Detachment;
import io.kameleon.admin.output.Json;
import io.kameleon.admin.output.TextTable;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.replay.ddl.ForeignKeys.State;
import java.io.PrintWriter;
import java.time.Duration;
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
        name = "detach_replica",
        aliases = "detach-replica",
        mixinStandardHelpOptions = true,
        description = {
            "Ends the replication of a source and makes its schemas in PostgreSQL a database of their own: waits until everything",
            "that the source has committed is replayed, stops the replica wherever it runs, lets sequences go on where",
            "AUTO_INCREMENT stood, makes and validates the foreign keys, sets ON UPDATE CURRENT_TIMESTAMP by trigger, and takes",
            "the source out of the catalogue. Stop the application's writes first. Asks first. What was interrupted is simply",
            "run again."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:detached", "1:failed, not confirmed, or a foreign key does not hold", "2:wrong usage"})
final class DetachReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Mixin
    private Confirmation confirmation;

    @Option(
            names = "--drop-topics",
            description =
                    "Deletes the source's topics and their subjects in the registry too; with an embedded Kafka all that it keeps on"
                            + " disk for the source.")
    private boolean dropTopics;

    @Option(
            names = "--accept-differences",
            description =
                    "Detaches although tables are disabled or rows were refused; the refused rows go with the catalogue's record.")
    private boolean acceptDifferences;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for the replica to come up with the source. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.console(common.debug());
        Installation installation = common.installation();
        installation.registered(source.name());
        var options = new Detachment.Options(dropTopics, acceptDifferences, Duration.ofSeconds(timeoutSeconds));
        var detachment = new Detachment(installation, source.name(), options);
        List<String> differences = detachment.check();
        if (!confirmation.given(spec, question(differences))) {
            spec.commandLine().getOut().println("Nothing was detached.");
            return 1;
        }
        DetachReport report = detachment.run();
        print(report);
        return report.failedKeys().isEmpty() ? 0 : 1;
    }

    private String question(List<String> differences) {
        String known = differences.isEmpty() ? "" : String.join(". ", differences) + ". ";
        return known + "This ends the replication of '" + source.name() + "' for good"
                + (dropTopics ? " and deletes its topics." : ".");
    }

    private void print(DetachReport report) {
        var out = spec.commandLine().getOut();
        if (format.isJson()) {
            Json.print(out, toMap(report));
            return;
        }
        out.printf(
                Locale.ROOT,
                "Source '%s' is detached: %,d tables, %,d of %,d foreign keys hold.%n",
                report.source(),
                report.tables(),
                report.count(State.VALID),
                report.foreignKeys().size());
        printKeys(report, out);
        report.notes().forEach(note -> out.println("Note: " + (note.endsWith("?") ? note : note + ".")));
        out.flush();
    }

    private static void printKeys(DetachReport report, PrintWriter out) {
        var table = new TextTable("Table", "Foreign key", "State", "Reason");
        report.failedKeys().forEach(key -> table.row(key.table(), key.name(), text(key.state()), key.reason()));
        if (!table.isEmpty()) {
            table.print(out);
        }
    }

    private static Map<String, Object> toMap(DetachReport report) {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", report.source());
        map.put("tables", report.tables());
        map.put(
                "foreign_keys",
                report.foreignKeys().stream()
                        .map(key -> Map.of(
                                "table", key.table().toString(),
                                "name", key.name(),
                                "state", text(key.state()),
                                "reason", key.reason()))
                        .toList());
        map.put("notes", report.notes());
        return map;
    }

    private static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
