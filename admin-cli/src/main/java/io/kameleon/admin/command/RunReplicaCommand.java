package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Foreground;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.admin.runtime.Replica;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run_replica",
        aliases = "run-replica",
        mixinStandardHelpOptions = true,
        description = {
            "Reads and replays a source in this process, in the foreground, until Ctrl-C or SIGTERM. With an embedded Kafka it",
            "needs nothing but MySQL and PostgreSQL. What is committed is never lost, however it ends."
        })
final class RunReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(names = "--daemon", hidden = true, description = "Logs to the source's log file; what start_replica runs.")
    private boolean daemon;

    @Override
    public Integer call() throws Exception {
        Installation installation = common.installation();
        var global = installation.config().global();
        if (daemon) {
            Logging.daemon(global, source.name(), common.debug());
        } else {
            Logging.replica(global, common.debug());
        }
        installation.registered(source.name());
        try (AutoCloseable claim = new Daemon(global.pidDir(), source.name()).claim()) {
            return Foreground.run(source.name(), () -> Replica.start(installation, source.name()));
        }
    }
}
