package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "sync_tables",
        aliases = "sync-tables",
        mixinStandardHelpOptions = true,
        description = {
            "Copies tables of a source again while everything else streams on: a disabled table comes back, any other is made",
            "anew. The rows change places at once, and are consistent with the other tables from then on. The process that runs",
            "replay does the work; where ReplayService does, which cannot reach the source, this command does it itself."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every table was copied, or waits for the replica to run",
            "1:failed, or a table could not be copied",
            "2:wrong usage"
        })
final class SyncTablesCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--tables",
            required = true,
            split = ",",
            paramLabel = "SCHEMA.TABLE",
            description = {
                "Tables by their names on the source, separated by commas; or the word disabled, for all that are disabled."
            })
    private List<String> tables;

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
        List<TableId> wanted = run.requests().find(tables);
        return wanted.isEmpty() ? run.say("No table of the source is disabled.") : run.run(wanted, !noWait);
    }
}
