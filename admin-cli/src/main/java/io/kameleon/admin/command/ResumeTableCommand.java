package io.kameleon.admin.command;

import io.kameleon.admin.resync.TablePause;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.schemas.table.TableId;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "resume_table",
        aliases = "resume-table",
        mixinStandardHelpOptions = true,
        description = {
            "Brings paused tables back: copies them again beside the stream, as sync_tables does, and goes on with them from",
            "there. Until a table's copy is in place it stays paused."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every table was copied, or waits for the replica to run",
            "1:failed, or a table could not be copied",
            "2:wrong usage"
        })
final class ResumeTableCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Mixin
    private TablesOption tables;

    @Option(names = "--no-wait", description = "Only asks for it, and does not wait until it is done.")
    private boolean noWait;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.console(common.debug());
        Installation installation = common.installation();
        Replica.requireInitialised(installation, source.name());
        var run = new ResyncRun(installation, source.name(), spec.commandLine().getOut());
        List<TableId> wanted = run.requests().find(tables.words());
        new TablePause(installation, source.name(), Clock.systemUTC()).requirePaused(wanted);
        return run.run(wanted, !noWait);
    }
}
