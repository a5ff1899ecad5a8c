package io.kameleon.admin.command;

import picocli.CommandLine.Option;

/** The source that a command works on. */
final class SourceOption {
    @Option(
            names = {"-s", "--source"},
            required = true,
            paramLabel = "NAME",
            description = "The source, as named under 'sources' in the configuration.")
    private String name;

    String name() {
        return name;
    }
}
