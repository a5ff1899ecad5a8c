package io.kameleon.admin.command;

import io.kameleon.admin.copy.ConsoleProgress;
import io.kameleon.admin.copy.InitialCopy;
import io.kameleon.admin.copy.RecordedProgress;
import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.Logging;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.process.Tenure;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "init_replica",
        aliases = "init-replica",
        mixinStandardHelpOptions = true,
        description = {
            "Copies a source's tables into PostgreSQL, in parallel and without a global read lock, and fixes the place in the",
            "binlog from which the stream goes on. An earlier copy stays readable until the new one replaces it at once.",
            "The replica must not be running. What was interrupted is simply run again."
        })
final class InitReplicaCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logging.console(common.debug());
        Installation installation = common.installation();
        Tenure.requireAttached(installation.registered(source.name()));
        var catalogue = installation.catalogue();
        RunningCheck.requireStopped(
                catalogue, new Daemon(installation.config().global().pidDir(), source.name()), source.name());
        SourceSettings settings = Replica.settings(installation, source.name());
        try (KafkaAccess kafka = KafkaAccess.own(installation.config(), source.name())) {
            var console = new ConsoleProgress(spec.commandLine().getErr(), System.console() != null);
            var progress = new RecordedProgress(catalogue, source.name(), console);
            InitialCopy.Result result = new InitialCopy(installation, settings, kafka, progress).run();
            report(result);
            return 0;
        }
    }

    private void report(InitialCopy.Result result) {
        var out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "Copied %,d rows of %d tables.%n",
                result.rows(),
                result.copied().size());
        result.refused().forEach((table, reason) -> out.println("Left out " + table + ": " + reason.getMessage()));
        if (result.refusedRows() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d rows were refused and are kept: kameleon show_errors --source %s%n",
                    result.refusedRows(),
                    source.name());
        }
        out.println("Next: kameleon start_replica --source " + source.name());
        out.flush();
    }
}
