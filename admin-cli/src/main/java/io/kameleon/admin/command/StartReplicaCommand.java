package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.DaemonStart;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.admin.runtime.StandingServices;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "start_replica",
        aliases = "start-replica",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a source's replica. Where services stand by for the source, on whatever machine, they are told to work for it;",
            "otherwise it runs in the background here: <pid_dir>/<source>.pid, log in <log_dir>/<source>.log. Returns when it works,",
            "or with the reason why it does not."
        })
final class StartReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for services to take the source. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = common.installation();
        Replica.requireInitialised(installation, source.name());
        var catalogue = installation.catalogue();
        var daemon = new Daemon(installation.config().global().pidDir(), source.name());
        var services = new StandingServices(catalogue, source.name());
        boolean theirs = services.exist();
        if (!theirs || services.isTaken()) {
            RunningCheck.requireStopped(catalogue, daemon, source.name());
        }
        services.want(DesiredState.RUNNING);
        if (theirs) {
            for (Lease lease : services.awaitTaken(Duration.ofSeconds(timeoutSeconds))) {
                say(ReplicaStop.who(lease) + " works for '" + source.name() + "'");
            }
            return 0;
        }
        startHere(installation, daemon);
        return 0;
    }

    private void startHere(Installation installation, Daemon daemon) throws InterruptedException {
        var start =
                new DaemonStart(installation, installation.config().file().toString(), source.name(), common.debug());
        long pid = start.start(() -> daemon.running().isPresent() && hasLeases());
        say("Replica of '" + source.name() + "' started, pid " + pid + ", log "
                + installation.config().global().logDir().resolve(source.name() + ".log"));
    }

    private void say(String words) {
        spec.commandLine().getOut().println(words);
        spec.commandLine().getOut().flush();
    }

    private boolean hasLeases() {
        List<Lease> live =
                common.installation().catalogue().read(connection -> RunningCheck.live(connection, source.name()));
        return !live.isEmpty();
    }
}
