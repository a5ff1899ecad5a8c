package io.kameleon.benchmarks.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command; its subcommands measure. */
@Command(
        name = "kameleon-bench",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, GrowthCommand.class, ProfileCommand.class, JmhCommand.class},
        description = {
            "Measures how fast Kameleon moves rows from a MySQL or MariaDB binlog to PostgreSQL, and what it takes, beside its",
            "peers and the limits of the servers themselves. Provisions all servers on this machine; needs about 5 GB of disk."
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to measure.");
    }
}
