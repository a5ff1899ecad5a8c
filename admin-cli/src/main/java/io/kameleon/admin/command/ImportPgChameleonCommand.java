package io.kameleon.admin.command;

import io.kameleon.admin.importing.ChameleonImport;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Logging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "import_pg_chameleon",
        aliases = "import-pg-chameleon",
        mixinStandardHelpOptions = true,
        description = {
            "Takes over a source that pg_chameleon has replicated into the same database, without a new copy: its tables stay as",
            "they are, and the stream goes on where pg_chameleon has stopped. --config may name pg_chameleon's own file, with",
            "'type_profile: pg_chameleon' added to the source. pg_chameleon must be stopped, and not be started again. Its",
            "catalogue is only read."
        })
final class ImportPgChameleonCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--catalogue",
            paramLabel = "SCHEMA",
            defaultValue = "sch_chameleon",
            description = "The schema of pg_chameleon's catalogue. Default: ${DEFAULT-VALUE}.")
    private String schema;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.console(common.debug());
        Installation installation = common.installation();
        ChameleonImport.Result result = new ChameleonImport(installation, source.name(), schema, this::tell).run();
        var out = spec.commandLine().getOut();
        out.println("Took over " + result.tables() + " tables of '" + source.name() + "'; the stream goes on from "
                + result.from().coordinates() + ".");
        result.disabled().forEach((table, reason) -> out.println("Not replicated yet: " + table + ": " + reason));
        result.notes().forEach(note -> out.println("Note: " + note + "."));
        out.println("Next: kameleon start_replica --source " + source.name());
        out.flush();
        return 0;
    }

    private void tell(String step) {
        var err = spec.commandLine().getErr();
        err.println(step);
        err.flush();
    }
}
