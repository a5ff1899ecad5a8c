package io.kameleon.admin.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script that lets a shell complete commands and options.",
            "",
            "  bash: kameleon completion bash > /etc/bash_completion.d/kameleon",
            "  zsh:  kameleon completion zsh > ~/.kameleon-completion, and 'source ~/.kameleon-completion' in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Whose script. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (shell == Shell.ZSH) {
            out.println("autoload -U +X compinit && compinit -u");
        }
        out.print(AutoComplete.bash("kameleon", spec.parent().commandLine()));
        out.flush();
        return 0;
    }
}
