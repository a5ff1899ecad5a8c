package io.kameleon.admin.command;

import io.kameleon.admin.resync.OpenErrors;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "retry_errors",
        aliases = "retry-errors",
        description = {
            "Tries again what could not be applied, after its cause was mended: copies the tables of the open errors, and the",
            "disabled ones, again beside the stream. A refused row alone is never put in: the source may have changed it since.",
            "Errors whose table was copied count as resolved; what is refused again is a new error. Paused tables stay paused."
        })
final class RetryErrorsCommand extends ResyncCommand {
    @Option(
            names = "--logid",
            split = ",",
            paramLabel = "N",
            description = "Only the tables of these errors, separated by commas, as show_errors numbers them.")
    private List<Long> logids = List.of();

    RetryErrorsCommand() {
        super("Nothing is left to try again.");
    }

    @Override
    List<TableId> tables(Installation installation, String sourceName, ResyncRun run) {
        return new OpenErrors(installation, sourceName).tables(logids);
    }
}
