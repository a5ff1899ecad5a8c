package io.kameleon.admin.command;

import io.kameleon.admin.resync.OpenErrors;
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
        name = "retry_errors",
        aliases = "retry-errors",
        mixinStandardHelpOptions = true,
        description = {
            "Tries again what could not be applied, after its cause was mended: copies the tables of the open errors, and the",
            "disabled ones, again beside the stream. A refused row alone is never put in: the source may have changed it since.",
            "Errors whose table was copied count as resolved; what is refused again is a new error. Paused tables stay paused."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every table was copied, or waits for the replica to run",
            "1:failed, or a table could not be copied",
            "2:wrong usage"
        })
final class RetryErrorsCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--logid",
            split = ",",
            paramLabel = "N",
            description = "Only the tables of these errors, separated by commas, as show_errors numbers them.")
    private List<Long> logids = List.of();

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
        List<TableId> wanted = new OpenErrors(installation, source.name()).tables(logids);
        return wanted.isEmpty() ? run.say("Nothing is left to try again.") : run.run(wanted, !noWait);
    }
}
