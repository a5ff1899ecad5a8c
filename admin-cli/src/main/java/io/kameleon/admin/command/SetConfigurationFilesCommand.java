package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.config.ConfigFiles;
import io.kameleon.catalogue.config.KameleonHome;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "set_configuration_files",
        aliases = "set-configuration-files",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the directories in $KAMELEON_HOME (~/.kameleon unless set) and writes configuration/config-example.yml,",
            "which explains every key. Copy it to configuration/default.yml and edit that."
        })
final class SetConfigurationFilesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        KameleonHome home = Installation.home();
        Path example = ConfigFiles.create(home);
        var out = spec.commandLine().getOut();
        out.println("Wrote " + example);
        out.println("Copy it to " + home.configFile("default") + " and edit that.");
        out.flush();
        return 0;
    }
}
