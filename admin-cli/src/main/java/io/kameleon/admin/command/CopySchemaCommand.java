package io.kameleon.admin.command;

import io.kameleon.admin.copy.StructureCopy;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Replica;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "copy_schema",
        aliases = "copy-schema",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a source's tables in PostgreSQL, empty, with their types, keys, indexes, defaults and comments; nothing is",
            "replicated. For a source that was added and not copied yet. Asks before it replaces schemas that have tables."
        })
final class CopySchemaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Mixin
    private Confirmation confirmation;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        installation.registered(source.name());
        var copy = new StructureCopy(installation, Replica.settings(installation, source.name()));
        copy.requireUncopied();
        List<String> replaced = copy.occupiedSchemas();
        var out = spec.commandLine().getOut();
        if (!replaced.isEmpty()
                && !confirmation.given(spec, "This replaces " + String.join(", ", replaced) + " by empty tables.")) {
            out.println("Nothing was made.");
            return 1;
        }
        StructureCopy.Result result = copy.run();
        out.println("Made " + result.tables().size() + " tables, without rows.");
        result.refused().forEach((table, reason) -> out.println("Left out " + table + ": " + reason.getMessage()));
        result.notes().forEach(note -> out.println("Note: " + note + "."));
        out.println("Next: kameleon init_replica --source " + source.name());
        out.flush();
        return 0;
    }
}
