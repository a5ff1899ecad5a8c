package io.kameleon.admin.command;

import io.kameleon.catalogue.store.Catalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "create_replica_schema",
        aliases = "create-replica-schema",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the catalogue in the destination database: the schema " + Catalogue.SCHEMA + ", which holds what is",
            "replicated, how far it is and what went wrong. Does nothing when it is there already."
        })
final class CreateReplicaSchemaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Catalogue database = common.installation().database();
        if (database.version().isPresent()) {
            database.requireVersion(); // an older one is upgrade_replica_schema's
        }
        Catalogue.Migration done = database.migrate();
        var out = spec.commandLine().getOut();
        out.println(
                done.from() == done.to()
                        ? "The catalogue is there already, version " + done.to() + "."
                        : "The catalogue is ready: schema " + Catalogue.SCHEMA + ", version " + done.to() + ".");
        out.flush();
        return 0;
    }
}
