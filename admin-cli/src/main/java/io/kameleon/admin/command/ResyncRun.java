package io.kameleon.admin.command;

import io.kameleon.admin.resync.ResyncRequests;
import io.kameleon.admin.resync.ResyncWorker;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
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

/** Asks for tables to be copied again beside the stream, and tells how that goes until it is over. */
final class ResyncRun {
    private static final long LOOK_MILLIS = 300;

    private final Installation installation;
    private final String source;
    private final PrintWriter out;
    private final ResyncRequests requests;

    ResyncRun(Installation installation, String source, PrintWriter out) {
        this.installation = installation;
        this.source = source;
        this.out = out;
        this.requests = new ResyncRequests(installation, source);
    }

    ResyncRequests requests() {
        return requests;
    }

    /** @return the exit code */
    int run(List<TableId> wanted, boolean waits) throws InterruptedException {
        requests.ask(wanted);
        List<Lease> leases = live();
        if (leases.isEmpty()) {
            return say("Asked for " + wanted + ". It is done when the replica runs: kameleon start_replica --source "
                    + source);
        }
        if (!waits) {
            return say("Asked for " + wanted + ". See how it goes: kameleon show_status --source " + source);
        }
        boolean worked = leases.stream().anyMatch(lease -> lease.role() == Role.RESYNC);
        boolean cluster = installation.config().kafka().broker() instanceof KafkaConfig.Cluster;
        if (!worked && cluster) {
            work(wanted);
        }
        return report(wanted);
    }

    int say(String line) {
        out.println(line);
        out.flush();
        return 0;
    }

    private List<Lease> live() {
        return installation.catalogue().read(connection -> RunningCheck.live(connection, source));
    }

    /** No process beside replay does it. */
    private void work(List<TableId> wanted) {
        try (KafkaAccess kafka = KafkaAccess.cluster(installation.config())) {
            new ResyncWorker(installation.catalogue(), Replica.settings(installation, source), kafka)
                    .runWhile(() -> !requests.areOver(wanted));
        }
    }

    private int report(List<TableId> wanted) throws InterruptedException {
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
            if (live().isEmpty()) {
                throw new ReplicationException(
                        ErrorCode.WRONG_STATE,
                        "The replica has stopped; the tables are copied when it runs again",
                        Map.of("source", source),
                        "See its log, and start it with 'kameleon start_replica --source " + source + "'.");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
