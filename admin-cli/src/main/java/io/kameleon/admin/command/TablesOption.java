package io.kameleon.admin.command;

import java.util.List;
import picocli.CommandLine.Option;

/** The tables that a command works on. */
final class TablesOption {
    @Option(
            names = "--tables",
            required = true,
            split = ",",
            paramLabel = "SCHEMA.TABLE",
            description = "Tables by their names on the source, separated by commas.")
    private List<String> tables;

    List<String> words() {
        return tables;
    }
}
