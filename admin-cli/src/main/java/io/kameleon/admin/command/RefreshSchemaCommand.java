package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "refresh_schema",
        aliases = "refresh-schema",
        description = {
            "Copies all tables of one schema again while everything else streams on: those that are replicated, those that are",
            "disabled, and those that the replica does not have yet. Each table changes places at once when its copy is complete;",
            "after a crash the tables that are done stay done, and the others follow. As sync_tables otherwise."
        })
final class RefreshSchemaCommand extends ResyncCommand {
    @Option(
            names = "--schema",
            required = true,
            paramLabel = "SCHEMA",
            description =
                    "The schema by its name on the source, or, where the source has none of that name, in PostgreSQL.")
    private String schema;

    RefreshSchemaCommand() {
        super("The schema has no table to copy.");
    }

    @Override
    List<TableId> tables(Installation installation, String sourceName, ResyncRun run) {
        return run.requests().ofSchema(schema);
    }
}
