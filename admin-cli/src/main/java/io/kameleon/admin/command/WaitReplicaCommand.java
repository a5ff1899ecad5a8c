package io.kameleon.admin.command;

import io.kameleon.admin.runtime.CatchUp;
import io.kameleon.admin.runtime.Installation;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "wait_replica",
        aliases = "wait-replica",
        mixinStandardHelpOptions = true,
        description = "Returns when all that was committed on the source before the call is in PostgreSQL; 1 with the reason"
                + " otherwise.")
final class WaitReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = common.installation();
        installation.registered(source.name());
        long start = System.nanoTime();
        new CatchUp(installation, source.name(), Duration.ofSeconds(timeoutSeconds)).await();
        var out = spec.commandLine().getOut();
        out.printf("Caught up after %.1f s.%n", (System.nanoTime() - start) / 1e9);
        out.flush();
        return 0;
    }
}
