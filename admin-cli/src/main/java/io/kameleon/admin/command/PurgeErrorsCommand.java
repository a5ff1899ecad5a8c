package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.store.ErrorStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "purge_errors",
        aliases = "purge-errors",
        mixinStandardHelpOptions = true,
        description = {
            "Takes errors out of the catalogue for good, with the rows that they kept: those that are resolved, because their",
            "table was copied again; on demand others too, after asking. Changes nothing in the replicated tables."
        })
final class PurgeErrorsCommand implements Callable<Integer> {
    /** Which errors, when not all that are resolved. */
    static final class Which {
        @Option(names = "--logid", split = ",", paramLabel = "N", description = "These, resolved or not. Asks first.")
        private List<Long> logids;

        @Option(names = "--all", description = "All of the source, resolved or not. Asks first.")
        private boolean all;

        @Option(names = "--older-than", paramLabel = "DAYS", description = "Those that were resolved so many days ago.")
        private Integer days;
    }

    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @ArgGroup
    private Which which = new Which();

    @Mixin
    private Confirmation confirmation;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        installation.registered(source.name());
        var out = spec.commandLine().getOut();
        boolean open = which.all || which.logids != null;
        if (open && !confirmation.given(spec, "This forgets rows that PostgreSQL may lack.")) {
            out.println("Nothing was purged.");
            out.flush();
            return 1;
        }
        int purged = installation.catalogue().inTransaction(connection -> {
            var errors = new ErrorStore();
            if (which.logids != null) {
                return errors.purge(connection, source.name(), which.logids);
            }
            Duration age = Duration.ofDays(which.days == null ? 0 : which.days);
            return which.all
                    ? errors.purgeAll(connection, source.name())
                    : errors.purgeResolved(connection, source.name(), age);
        });
        out.println(purged == 1 ? "1 error is purged." : purged + " errors are purged.");
        out.flush();
        return 0;
    }
}
