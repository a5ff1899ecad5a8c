package io.kameleon.admin.command;

import io.kameleon.admin.resync.ResyncRequests;
import io.kameleon.admin.resync.TablePause;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.schemas.table.TableId;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "pause_table",
        aliases = "pause-table",
        mixinStandardHelpOptions = true,
        description = {
            "Leaves out what happens to tables of a source from now on, while everything else streams on: for a change in",
            "PostgreSQL, say, or for a table that costs too much at the moment. They stay as they are, at a commit of the source.",
            "What comes meanwhile is not kept: resume_table copies them again."
        })
final class PauseTableCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Mixin
    private TablesOption tables;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        Replica.requireInitialised(installation, source.name());
        List<TableId> wanted = new ResyncRequests(installation, source.name()).find(tables.words());
        new TablePause(installation, source.name(), Clock.systemUTC()).pause(wanted);
        var out = spec.commandLine().getOut();
        wanted.forEach(table -> out.println(table + " is paused."));
        out.flush();
        return 0;
    }
}
