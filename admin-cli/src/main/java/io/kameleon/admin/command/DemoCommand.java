package io.kameleon.admin.command;

import io.kameleon.admin.demo.Demo;
import io.kameleon.admin.runtime.Logging;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a whole replica on servers of its own: starts MariaDB, PostgreSQL, Kafka and a schema registry in a temporary",
            "directory, makes a sample shop, copies it, streams under load, and compares both sides row by row. Needs nothing",
            "installed but Java and Maven."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:both sides are equal", "1:they are not, or something failed", "2:wrong usage"})
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long to change rows while they are replicated. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Rows of the sample shop. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--keep",
            description = "Keeps the servers running at the end, until Ctrl-C, and then their directory.")
    private boolean keep;

    @Option(names = "--debug", description = "Logs in detail and prints the stack of a failure.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || rows < 1000) {
            throw new ParameterException(spec.commandLine(), "--seconds is at least 1 and --rows at least 1000.");
        }
        Logging.console(debug);
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try (var demo = new Demo(out, err, keep)) {
            return demo.run(rows, Duration.ofSeconds(seconds));
        }
    }
}
