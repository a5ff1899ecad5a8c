package io.kameleon.admin.command;

import io.kameleon.admin.output.Json;
import io.kameleon.catalogue.config.KameleonConfig;
import java.util.concurrent.Callable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "show_config",
        aliases = "show-config",
        mixinStandardHelpOptions = true,
        description = "Shows the configuration in force, defaults filled in and secrets masked, and checks it.")
final class ShowConfigCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private FormatOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        KameleonConfig config = common.installation().config();
        var out = spec.commandLine().getOut();
        if (format.isJson()) {
            Json.print(out, config.toMaskedMap());
        } else {
            var options = new DumperOptions();
            options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
            out.print(new Yaml(options).dump(config.toMaskedMap()));
            out.flush();
        }
        var err = spec.commandLine().getErr();
        config.notes().forEach(note -> err.println("Note: " + note));
        err.flush();
        return 0;
    }
}
