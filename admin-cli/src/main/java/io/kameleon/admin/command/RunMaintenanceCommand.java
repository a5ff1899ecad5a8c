package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.store.Maintenance;
import io.kameleon.catalogue.store.Maintenance.Depth;
import io.kameleon.catalogue.store.Maintenance.Done;
import io.kameleon.catalogue.transport.TopicRetention;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run_maintenance",
        aliases = "run-maintenance",
        mixinStandardHelpOptions = true,
        description = {
            "Tidies up beside the running replica: takes errors of the source away that are resolved and old, with the rows that",
            "they kept; vacuums the catalogue's tables; makes the source's topic keep rows for batch_retention. The replicated",
            "tables are left to PostgreSQL's autovacuum. auto_maintenance in the configuration does it by itself."
        })
final class RunMaintenanceCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Option(
            names = "--full",
            description = {
                "Writes the catalogue's tables anew, which gives room back to the system. Replay waits for each of them, a",
                "moment as a rule; they wait for replay lock_timeout at most."
            })
    private boolean full;

    @Option(
            names = "--keep-errors",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "How long resolved errors stay. Default: ${DEFAULT-VALUE}.")
    private int keepDays;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        installation.registered(source.name());
        SourceConfig config = installation.source(source.name());
        Done done = new Maintenance(installation.catalogue())
                .run(source.name(), full ? Depth.FULL : Depth.PLAIN, Duration.ofDays(keepDays), config.lockTimeout());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%d resolved errors purged.%n", done.errorsPurged());
        out.printf(
                Locale.ROOT,
                "%d tables of the catalogue vacuumed, %,d kB before, %,d kB now.%n",
                done.tables(),
                done.bytesBefore() >> 10,
                done.bytesAfter() >> 10);
        out.println(topic(installation, config));
        out.flush();
        return 0;
    }

    /** Kafka need not be reachable: the catalogue is tidied up all the same. */
    private String topic(Installation installation, SourceConfig config) {
        try {
            Optional<KafkaAccess> running = KafkaAccess.running(installation.config(), source.name());
            if (running.isEmpty()) {
                return "The topic was left alone: the replica, and with it its broker, does not run.";
            }
            try (KafkaAccess kafka = running.get()) {
                String topic = new SourceSettings(installation.config(), config)
                        .topics()
                        .rows(source.name());
                boolean changed = TopicRetention.apply(kafka.properties(), topic, config.batchRetention());
                return "The topic keeps rows for " + text(config.batchRetention())
                        + (changed ? " now." : ", as before.");
            }
        } catch (ReplicationException e) {
            return "The topic was left alone: " + e.getMessage();
        }
    }

    private static String text(Duration duration) {
        return duration.toSeconds() % 3600 == 0 ? duration.toHours() + " h" : duration.toSeconds() + " s";
    }
}
