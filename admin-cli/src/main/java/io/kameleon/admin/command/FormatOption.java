package io.kameleon.admin.command;

import io.kameleon.admin.output.Format;
import picocli.CommandLine.Option;

/** How a command shows its data. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "table, for people, or json. Default: table.")
    private Format format;

    boolean isJson() {
        return format == Format.JSON;
    }
}
