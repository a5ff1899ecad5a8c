package io.kameleon.admin;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The help of a command and its subcommands as one Markdown document. */
final class CommandMarkdown {
    private static final int WIDTH = 100;

    private CommandMarkdown() {}

    static String of(CommandLine root) {
        Collection<CommandLine> commands =
                new LinkedHashSet<>(root.getSubcommands().values());
        var text = new StringBuilder("""
                # Commands

                This page is generated: it is what each command prints on `--help`.

                Exit codes are 0 for done, 1 for failed (with the reason on standard error), 2 for wrong usage and 130 for interrupted by
                Ctrl-C; a command whose codes say more lists them. Data goes to standard output, everything else to standard error. Names may be written with hyphens:
                `init-replica` is `init_replica`.

                | Command | What it does |
                |---|---|
                """);
        commands.forEach(command -> text.append(row(command)));
        commands.forEach(command -> text.append(section(command)));
        return text.toString();
    }

    private static String row(CommandLine command) {
        String name = command.getCommandName();
        String all = String.join(" ", command.getCommandSpec().usageMessage().description());
        String plain = Ansi.OFF.string(all.replace("%n", " ").replace("%%", "%"));
        int end = plain.indexOf(". ");
        String first = end < 0 ? plain : plain.substring(0, end + 1);
        return "| [`" + name + "`](#" + name + ") | "
                + first.replace("|", "\\|").replace("<", "&lt;") + " |\n";
    }

    private static String section(CommandLine command) {
        command.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH);
        String usage = command.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
        return "\n## " + command.getCommandName() + "\n\n```text\n" + usage.strip() + "\n```\n";
    }
}
