package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.catalogue.store.SourceStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "drop_source",
        aliases = "drop-source",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a source out of the catalogue, with its positions, table states and errors. The replicated schemas and the",
            "topics stay as they are. Asks first."
        })
final class DropSourceCommand implements Callable<Integer> {
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
        var catalogue = installation.catalogue();
        catalogue.read(connection -> new SourceStore().get(connection, source.name()));
        RunningCheck.requireStopped(
                catalogue, new Daemon(installation.config().global().pidDir(), source.name()), source.name());
        var out = spec.commandLine().getOut();
        if (!confirmation.given(spec, "This drops source '" + source.name() + "' from the catalogue.")) {
            out.println("Nothing was dropped.");
            return 1;
        }
        catalogue.inTransaction(connection -> {
            new SourceStore().drop(connection, source.name());
            return null;
        });
        out.println("Source '" + source.name() + "' is dropped from the catalogue; its schemas in PostgreSQL stay.");
        out.flush();
        return 0;
    }
}
