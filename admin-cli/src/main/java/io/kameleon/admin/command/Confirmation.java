package io.kameleon.admin.command;

import java.io.Console;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Asks before something is destroyed. */
final class Confirmation {
    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    /** @throws ParameterException when nobody can be asked */
    boolean given(CommandSpec spec, String question) {
        if (yes) {
            return true;
        }
        Console console = System.console();
        if (console == null) {
            throw new ParameterException(
                    spec.commandLine(), question + " Give --yes to confirm: there is no terminal to ask on.");
        }
        String answer = console.readLine("%s Type YES to go on: ", question);
        return "YES".equals(answer);
    }
}
