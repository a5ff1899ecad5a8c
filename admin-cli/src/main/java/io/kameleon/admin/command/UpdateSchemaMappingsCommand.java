package io.kameleon.admin.command;

import io.kameleon.admin.mappings.MappingChange;
import io.kameleon.admin.mappings.MappingUpdate;
import io.kameleon.admin.runtime.Installation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "update_schema_mappings",
        aliases = "update-schema-mappings",
        mixinStandardHelpOptions = true,
        description = {
            "Takes schema_mappings of the configuration into the catalogue, all of it or nothing. Another destination: the schema in",
            "PostgreSQL is renamed, also while the replica runs, and the stream goes on into it. A new origin: its tables are",
            "copied beside the stream at the next start. An origin that is gone: its schema in PostgreSQL stays as it is, and is not",
            "replicated any more. For new and removed origins the replica must be stopped."
        })
final class UpdateSchemaMappingsCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        print(new MappingUpdate(installation, source.name()).run());
        return 0;
    }

    private void print(MappingChange change) {
        PrintWriter out = spec.commandLine().getOut();
        change.renamed().forEach((origin, destination) -> out.println(origin + " now goes to " + destination + "."));
        change.removed()
                .forEach((origin, destination) -> out.println(
                        origin + " is not replicated any more; " + destination + " in PostgreSQL stays as it is."));
        change.added()
                .forEach((origin, destination) ->
                        out.println(origin + " is replicated into " + destination + " from the next start on."));
        if (change.isEmpty()) {
            out.println("The catalogue has the configuration's mappings already.");
        }
        out.flush();
    }
}
