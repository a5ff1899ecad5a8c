package io.kameleon.admin.command;

import io.kameleon.admin.command.ReplicaStop.Asked;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "stop_all_replicas",
        aliases = "stop-all-replicas",
        mixinStandardHelpOptions = true,
        description = {
            "Ends the background replicas of all sources of the configuration that run on this machine, all at a time, and the work of",
            "services for them, and waits for it. Works on this machine while PostgreSQL is away, too."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:none runs any more",
            "1:one did not end in time, or PostgreSQL, where services are told, is away",
            "2:wrong usage"
        })
final class StopAllReplicasCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for each. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = common.installation();
        PrintWriter err = spec.commandLine().getErr();
        var stop = new ReplicaStop(installation, spec.commandLine().getOut(), err);
        List<Asked> asked =
                installation.config().sources().keySet().stream().map(stop::ask).toList();
        List<Asked> running = asked.stream().filter(Asked::isAnything).toList();
        if (running.isEmpty()) {
            spec.commandLine().getOut().println("No replica runs on this machine.");
        }
        int code = asked.stream().allMatch(Asked::isReached) ? 0 : 1;
        for (Asked one : running) {
            try {
                stop.finish(one, Duration.ofSeconds(timeoutSeconds));
            } catch (ReplicationException e) {
                err.println(e.getMessage());
                code = 1;
            }
        }
        return code;
    }
}
