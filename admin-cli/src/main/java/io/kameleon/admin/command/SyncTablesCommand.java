package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sync_tables",
        aliases = "sync-tables",
        description = {
            "Copies tables of a source again while everything else streams on: a disabled table comes back, any other is made",
            "anew. The rows change places at once, and are consistent with the other tables from then on. The process that runs",
            "replay does the work; where ReplayService does, which cannot reach the source, this command does it itself."
        })
final class SyncTablesCommand extends ResyncCommand {
    @Option(
            names = "--tables",
            required = true,
            split = ",",
            paramLabel = "SCHEMA.TABLE",
            description = {
                "Tables by their names on the source, separated by commas; or the word disabled, for all that are disabled."
            })
    private List<String> tables;

    SyncTablesCommand() {
        super("No table of the source is disabled.");
    }

    @Override
    List<TableId> tables(Installation installation, String sourceName, ResyncRun run) {
        return run.requests().find(tables);
    }
}
