package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Foreground;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.catalogue.store.Lease.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "replay_replica",
        aliases = "replay-replica",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the replay side of a source alone, in the foreground, against the Kafka of kafka.bootstrap_servers, until",
            "Ctrl-C or SIGTERM. The other side runs in a process of its own."
        })
final class ReplayReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        Logging.replica(installation.config().global(), common.debug());
        return Foreground.run(source.name(), () -> Replica.startSide(installation, source.name(), Role.REPLAY));
    }
}
