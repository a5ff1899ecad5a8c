package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.DaemonStart;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.SourceStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "start_replica",
        aliases = "start-replica",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a source's replica in the background: <pid_dir>/<source>.pid, log in <log_dir>/<source>.log. Returns when",
            "it works, or with the reason why it does not."
        })
final class StartReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = common.installation();
        Replica.requireInitialised(installation, source.name());
        var catalogue = installation.catalogue();
        var daemon = new Daemon(installation.config().global().pidDir(), source.name());
        RunningCheck.requireStopped(catalogue, daemon, source.name());
        catalogue.inTransaction(connection -> {
            new SourceStore().setDesiredState(connection, source.name(), DesiredState.RUNNING);
            return null;
        });
        var start =
                new DaemonStart(installation, installation.config().file().toString(), source.name(), common.debug());
        long pid = start.start(() -> daemon.running().isPresent() && hasLeases());
        var out = spec.commandLine().getOut();
        out.println("Replica of '" + source.name() + "' started, pid " + pid + ", log "
                + installation.config().global().logDir().resolve(source.name() + ".log"));
        out.flush();
        return 0;
    }

    private boolean hasLeases() {
        List<Lease> live =
                common.installation().catalogue().read(connection -> RunningCheck.live(connection, source.name()));
        return !live.isEmpty();
    }
}
