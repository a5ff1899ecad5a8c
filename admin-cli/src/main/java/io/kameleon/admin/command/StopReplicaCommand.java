package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "stop_replica",
        aliases = "stop-replica",
        mixinStandardHelpOptions = true,
        description = "Ends a source's background replica gracefully and waits for it. Works while PostgreSQL is away, too.")
final class StopReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for it. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = common.installation();
        installation.source(source.name());
        boolean stopped = new Daemon(installation.config().global().pidDir(), source.name())
                .stop(Duration.ofSeconds(timeoutSeconds));
        recordWish(installation);
        var out = spec.commandLine().getOut();
        out.println(
                stopped
                        ? "Replica of '" + source.name() + "' stopped."
                        : "Replica of '" + source.name() + "' was not running on this machine.");
        out.flush();
        return 0;
    }

    private void recordWish(Installation installation) {
        try {
            installation.catalogue().inTransaction(connection -> {
                new SourceStore().setDesiredState(connection, source.name(), DesiredState.STOPPED);
                return null;
            });
        } catch (ReplicationException e) {
            var err = spec.commandLine().getErr();
            err.println("The catalogue was not told: " + e.getMessage());
            err.flush();
        }
    }
}
