package io.kameleon.admin.command;

import io.kameleon.catalogue.store.Catalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "drop_replica_schema",
        aliases = "drop-replica-schema",
        mixinStandardHelpOptions = true,
        description = {
            "Drops the catalogue (schema " + Catalogue.SCHEMA + ") and with it every position and error.",
            "The replicated schemas stay as they are. Asks first."
        })
final class DropReplicaSchemaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private Confirmation confirmation;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Catalogue database = common.installation().database();
        var out = spec.commandLine().getOut();
        if (!confirmation.given(spec, "This drops the catalogue with all positions and errors.")) {
            out.println("Nothing was dropped.");
            return 1;
        }
        boolean dropped = database.drop().isPresent();
        out.println(dropped ? "The catalogue is dropped; the replicated schemas stay." : "There was no catalogue.");
        out.flush();
        return 0;
    }
}
