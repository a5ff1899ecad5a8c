package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.catalogue.process.Tenure;
import io.kameleon.catalogue.store.FailureStore;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.SideFailure;
import io.kameleon.catalogue.store.SourceStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "enable_replica",
        aliases = "enable-replica",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a source that failed back to stopped, and prints what it had failed by. A start does the same by itself: this is",
            "for who watches the status. Does not mend the cause."
        })
final class EnableReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        ReplicaSource registered = installation.registered(source.name());
        Tenure.requireAttached(registered);
        var catalogue = installation.catalogue();
        RunningCheck.requireStopped(
                catalogue, new Daemon(installation.config().global().pidDir(), source.name()), source.name());
        List<SideFailure> failures = catalogue.inTransaction(connection -> {
            List<SideFailure> known = new FailureStore().list(connection, source.name());
            new SourceStore().clearFailure(connection, source.name());
            return known;
        });
        var out = spec.commandLine().getOut();
        failures.forEach(failure -> out.println("Forgot the failure of " + failure.at() + ": " + failure.reason()));
        if (failures.isEmpty()) {
            out.println("Source '" + source.name() + "' had not failed.");
        }
        out.println("Next: kameleon " + next(registered) + " --source " + source.name());
        out.flush();
        return 0;
    }

    private static String next(ReplicaSource source) {
        return source.status() == ReplicaSource.Status.INITIALISED ? "start_replica" : "init_replica";
    }
}
