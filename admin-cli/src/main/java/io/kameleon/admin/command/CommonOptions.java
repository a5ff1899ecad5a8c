package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "NAME|PATH",
            defaultValue = "default",
            description = {
                "Configuration: a name in $KAMELEON_HOME/configuration, or the path of a YAML file.",
                "KAMELEON_HOME is ~/.kameleon unless set. Default: ${DEFAULT-VALUE}."
            })
    private String config;

    @Option(names = "--debug", description = "Logs in detail and prints the stack of a failure.")
    private boolean debug;

    Installation installation() {
        return Installation.load(config);
    }

    String config() {
        return config;
    }

    boolean debug() {
        return debug;
    }
}
