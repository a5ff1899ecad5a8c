package io.kameleon.admin;

import io.kameleon.admin.command.RootCommand;
import io.kameleon.broker.BrokerStartException;
import io.kameleon.catalogue.process.Shutdown;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The {@code kameleon} command: exit code 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
public final class Kameleon {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Kameleon() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && Arrays.stream(arguments).noneMatch(word -> word.startsWith("--watch"))) {
            Shutdown.atOnceOnInterrupt(
                    "Interrupted. What was committed stays; 'kameleon " + arguments[0] + "' can be run again.");
        }
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its subcommands, writing to standard output and standard error until told otherwise. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new RootCommand());
        commandLine.setExecutionExceptionHandler(Kameleon::failed);
        commandLine.setParameterExceptionHandler(Kameleon::misused);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine;
    }

    /** One sentence; the stack only on {@code --debug}. */
    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        if (failure instanceof ReplicationException || failure instanceof BrokerStartException) {
            err.println(failure.getMessage());
        } else {
            err.println("INTERNAL: " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                    + ". Run the command again with --debug and report what it prints.");
        }
        if (parsed.originalArgs().contains("--debug")) {
            failure.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }

    private static int misused(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        var err = command.getErr();
        err.println(wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        err.flush();
        return WRONG_USAGE;
    }
}
