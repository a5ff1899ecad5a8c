package io.kameleon.admin.command;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Catalogue.Pending;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.LeaseStore;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "upgrade_replica_schema",
        aliases = "upgrade-replica-schema",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the catalogue of an older Kameleon to the version of this one, in one transaction: wholly or not at all. All",
            "replicas have to be stopped. The replicated schemas are not touched. A catalogue that is newer is refused, by every",
            "command."
        })
final class UpgradeReplicaSchemaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = "--dry-run",
            description = "Only tells what would be done, after trying it in a transaction that is rolled back.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Catalogue database = common.installation().database();
        PrintWriter out = spec.commandLine().getOut();
        int before = database.version().orElse(0);
        if (before > 0 && before < Catalogue.VERSION) {
            requireStopped(database);
        }
        List<Pending> pending = database.tryMigrate();
        if (pending.isEmpty()) {
            out.println("The catalogue has version " + Catalogue.VERSION + " already.");
            out.flush();
            return 0;
        }
        pending.forEach(p -> out.println("Version " + p.version() + ": " + p.description()));
        if (dryRun) {
            out.println("Would bring the catalogue from version " + before + " to " + Catalogue.VERSION
                    + "; tried, and rolled back.");
        } else {
            database.migrate();
            out.println("The catalogue is brought from version " + before + " to " + Catalogue.VERSION + ".");
        }
        out.flush();
        return 0;
    }

    /** The table of leases is the same in all versions. */
    private static void requireStopped(Catalogue database) {
        List<Lease> live = database.read(connection -> new LeaseStore().list(connection)).stream()
                .filter(Leases::isLive)
                .toList();
        if (!live.isEmpty()) {
            Lease lease = live.get(0);
            var where = new LinkedHashMap<String, Object>(Map.of("source", lease.source()));
            where.put("host", lease.owner().host());
            where.put("pid", lease.owner().pid());
            throw new ReplicationException(
                    ErrorCode.ALREADY_RUNNING,
                    "A process works with the catalogue as it is",
                    where,
                    "Stop all replicas first, wherever they run.");
        }
    }
}
