package io.kameleon.admin.command;

import io.kameleon.admin.command.ReplicaStop.Before;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        Map<Before, List<String>> sources =
                installation.config().sources().keySet().stream().collect(Collectors.groupingBy(stop::ask));
        List<String> running = sources.getOrDefault(Before.RUNS, List.of());
        if (running.isEmpty()) {
            spec.commandLine().getOut().println("No replica runs on this machine.");
        }
        int code = sources.containsKey(Before.UNKNOWN) ? 1 : 0;
        for (String source : running) {
            try {
                stop.stop(source, Duration.ofSeconds(timeoutSeconds));
            } catch (ReplicationException e) {
                err.println(e.getMessage());
                code = 1;
            }
        }
        return code;
    }
}
