package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Maintenance;
import io.kameleon.catalogue.store.Maintenance.Depth;
import io.kameleon.catalogue.store.Maintenance.Done;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.catalogue.transport.TopicRetention;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code auto_maintenance}: runs {@link Maintenance}, and sets the topic's retention, in the process that replays a source, once per interval, however often that
 * process starts anew: when it last ran stands in the catalogue. What fails is tried again after the next interval.
 */
public final class AutoMaintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AutoMaintenance.class);
    private static final Duration LOOK_MAX = Duration.ofMinutes(1);

    private final Catalogue catalogue;
    private final SourceConfig source;
    private final Runnable topicRetention;
    private final ScheduledExecutorService thread;

    private AutoMaintenance(Catalogue catalogue, SourceConfig source, Runnable topicRetention) {
        this.catalogue = catalogue;
        this.topicRetention = topicRetention;
        this.source = source;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            var daemon = new Thread(task, "maintenance-" + source.name());
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** Begins, when the configuration wants it. @param kafka of every Kafka client, bootstrap servers included */
    public static AutoMaintenance start(
            Catalogue catalogue, KameleonConfig config, SourceConfig source, Map<String, Object> kafka) {
        String topic = new TopicLayout(config.kafka().topicPrefix()).rows(source.name());
        var maintenance = new AutoMaintenance(
                catalogue, source, () -> TopicRetention.apply(kafka, topic, source.batchRetention()));
        source.autoMaintenance().ifPresent(maintenance::schedule);
        return maintenance;
    }

    private void schedule(Duration interval) {
        long look = Math.max(1, Math.min(LOOK_MAX.toMillis(), interval.toMillis() / 2));
        var unused = thread.scheduleWithFixedDelay(() -> runWhenDue(interval), 0, look, TimeUnit.MILLISECONDS);
    }

    private void runWhenDue(Duration interval) {
        try {
            boolean due = catalogue.inTransaction(
                    connection -> new SourceStore().claimMaintenance(connection, source.name(), interval));
            if (due) {
                Done done = new Maintenance(catalogue)
                        .run(source.name(), Depth.PLAIN, Maintenance.KEEP_RESOLVED, source.lockTimeout());
                topicRetention.run();
                LOG.info("Catalogue maintained source={} errors_purged={}", source.name(), done.errorsPurged());
            }
        } catch (ReplicationException e) {
            LOG.warn("Catalogue not maintained source={} cause=\"{}\"", source.name(), e.getMessage());
        }
    }

    /** What is under way ends by itself. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
