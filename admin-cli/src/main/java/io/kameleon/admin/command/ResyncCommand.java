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

/** What commands have in common that copy tables of a source again beside the stream. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every table was copied, or waits for the replica to run",
            "1:failed, or a table could not be copied",
            "2:wrong usage"
        })
abstract class ResyncCommand implements Callable<Integer> {
    private final String nothingToCopy;

    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(names = "--no-wait", description = "Only asks for it, and does not wait until it is done.")
    private boolean noWait;

    @Spec
    private CommandSpec spec;

    /** @param nothingToCopy what is said when there is no table */
    ResyncCommand(String nothingToCopy) {
        this.nothingToCopy = nothingToCopy;
    }

    /** The tables that are wanted; may be none. */
    abstract List<TableId> tables(Installation installation, String sourceName, ResyncRun run);

    @Override
    public final Integer call() throws InterruptedException {
        Logging.console(common.debug());
        Installation installation = common.installation();
        Replica.requireInitialised(installation, source.name());
        var run = new ResyncRun(installation, source.name(), spec.commandLine().getOut());
        List<TableId> wanted = tables(installation, source.name(), run);
        return wanted.isEmpty() ? run.say(nothingToCopy) : run.run(wanted, !noWait);
    }
}
