package io.kameleon.admin.command;

import io.kameleon.admin.resync.ResyncRequests;
import io.kameleon.admin.resync.ResyncWorker;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.Resync.Phase;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "sync_tables",
        aliases = "sync-tables",
        mixinStandardHelpOptions = true,
        description = {
            "Copies tables of a source again while everything else streams on: a disabled table comes back, any other is made",
            "anew. The rows change places at once, and are consistent with the other tables from then on. The process that runs",
            "replay does the work; where ReplayService does, which cannot reach the source, this command does it itself."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every table was copied, or waits for the replica to run",
            "1:failed, or a table could not be copied",
            "2:wrong usage"
        })
final class SyncTablesCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 300;

    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--tables",
            required = true,
            split = ",",
            paramLabel = "SCHEMA.TABLE",
            description = {
                "Tables by their names on the source, separated by commas; or the word disabled, for all that are disabled."
            })
    private List<String> tables;

    @Option(names = "--no-wait", description = "Only asks for it, and does not wait until it is done.")
    private boolean noWait;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.console(common.debug());
        Installation installation = common.installation();
        Replica.requireInitialised(installation, source.name());
        var requests = new ResyncRequests(installation, source.name());
        List<TableId> wanted = requests.find(tables);
        PrintWriter out = spec.commandLine().getOut();
        if (wanted.isEmpty()) {
            return say(out, "No table of the source is disabled.");
        }
        requests.ask(wanted);
        List<Lease> leases = live(installation);
        if (leases.isEmpty()) {
            return say(
                    out,
                    "Asked for " + wanted + ". It is done when the replica runs: kameleon start_replica --source "
                            + source.name());
        }
        if (noWait) {
            return say(
                    out, "Asked for " + wanted + ". See how it goes: kameleon show_status --source " + source.name());
        }
        boolean worked = leases.stream().anyMatch(lease -> lease.role() == Role.RESYNC);
        boolean cluster = installation.config().kafka().broker() instanceof KafkaConfig.Cluster;
        if (!worked && cluster) {
            work(installation, requests, wanted);
        }
        return report(installation, requests, wanted, out);
    }

    private List<Lease> live(Installation installation) {
        return installation.catalogue().read(connection -> RunningCheck.live(connection, source.name()));
    }

    private static int say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
        return 0;
    }

    /** No process beside replay does it. */
    private void work(Installation installation, ResyncRequests requests, List<TableId> wanted) {
        try (KafkaAccess kafka = KafkaAccess.cluster(installation.config())) {
            new ResyncWorker(installation.catalogue(), Replica.settings(installation, source.name()), kafka)
                    .runWhile(() -> !requests.areOver(wanted));
        }
    }

    private int report(Installation installation, ResyncRequests requests, List<TableId> wanted, PrintWriter out)
            throws InterruptedException {
        Map<TableId, String> told = new TreeMap<>();
        while (true) {
            List<Resync> entries = requests.entries(wanted);
            for (Resync entry : entries) {
                String text = ResyncText.of(entry);
                if (!text.equals(told.put(entry.table(), text))) {
                    out.println(entry.table() + " " + text);
                    out.flush();
                }
            }
            if (entries.stream().allMatch(entry -> entry.phase().isOver())) {
                return entries.stream().allMatch(entry -> entry.phase() == Phase.DONE) ? 0 : 1;
            }
            if (live(installation).isEmpty()) {
                throw new ReplicationException(
                        ErrorCode.WRONG_STATE,
                        "The replica has stopped; the tables are copied when it runs again",
                        Map.of("source", source.name()),
                        "See its log, and start it with 'kameleon start_replica --source " + source.name() + "'.");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
