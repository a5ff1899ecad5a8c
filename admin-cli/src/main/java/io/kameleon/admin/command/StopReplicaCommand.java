package io.kameleon.admin.command;

import io.kameleon.admin.command.ReplicaStop.Asked;
import io.kameleon.admin.runtime.Installation;
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
        description = {
            "Ends a source's background replica gracefully and waits for it; works while PostgreSQL is away, too. Services that work for",
            "the source, on whatever machine, give it back and leave it alone until start_replica."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it does not run any more",
            "1:it did not end in time, or none runs here and PostgreSQL, where services are told, is away",
            "2:wrong usage"
        })
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
        var stop = new ReplicaStop(
                installation, spec.commandLine().getOut(), spec.commandLine().getErr());
        Asked asked = stop.ask(source.name());
        stop.finish(asked, Duration.ofSeconds(timeoutSeconds));
        return asked.isReached() ? 0 : 1;
    }
}
