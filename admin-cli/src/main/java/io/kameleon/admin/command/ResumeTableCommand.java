package io.kameleon.admin.command;

import io.kameleon.admin.resync.TablePause;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.schemas.table.TableId;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resume_table",
        aliases = "resume-table",
        description = {
            "Brings paused tables back: copies them again beside the stream, as sync_tables does, and goes on with them from",
            "there. Until a table's copy is in place it stays paused."
        })
final class ResumeTableCommand extends ResyncCommand {
    @Mixin
    private TablesOption tables;

    ResumeTableCommand() {
        super("No table was named.");
    }

    @Override
    List<TableId> tables(Installation installation, String sourceName, ResyncRun run) {
        List<TableId> wanted = run.requests().find(tables.words());
        new TablePause(installation, sourceName, Clock.systemUTC()).requirePaused(wanted);
        return wanted;
    }
}
