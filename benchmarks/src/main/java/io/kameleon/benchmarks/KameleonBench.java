package io.kameleon.benchmarks;

import io.kameleon.benchmarks.command.BenchCommand;
import picocli.CommandLine;

/** The {@code kameleon-bench} command. */
public final class KameleonBench {
    private KameleonBench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
