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
        name = "refresh_schema",
        aliases = "refresh-schema",
        mixinStandardHelpOptions = true,
        description = {
            "Copies all tables of one schema again while everything else streams on: those that are replicated, those that are",
            "disabled, and those that the replica does not have yet. Each table changes places at once when its copy is complete;",
            "after a crash the tables that are done stay done, and the others follow. As sync_tables otherwise."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every table was copied, or waits for the replica to run",
            "1:failed, or a table could not be copied",
            "2:wrong usage"
        })
final class RefreshSchemaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--schema",
            required = true,
            paramLabel = "SCHEMA",
            description =
                    "The schema by its name on the source, or, where the source has none of that name, in PostgreSQL.")
    private String schema;

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
        List<TableId> tables = run.requests().ofSchema(schema);
        return tables.isEmpty() ? run.say("The schema has no table to copy.") : run.run(tables, !noWait);
    }
}
