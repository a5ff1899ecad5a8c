package io.kameleon.admin.resync;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.admin.runtime.StandingServices;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies tables again for the sources whose replay is a service's: a replay service alone does not, for it does not reach the source. A
 * thread for each source that has any to copy, for as long as it has. Of several such processes the lease lets one work.
 *
 * <p>{@link #start} and {@link #close} belong to one thread.
 */
public final class ServiceResyncs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceResyncs.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final Installation installation;
    private final Map<String, Work> running = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "service-resyncs");

    private record Work(ResyncWorker worker, Thread thread) {}

    private ServiceResyncs(Installation installation) {
        this.installation = installation;
        thread.setDaemon(true);
    }

    /** Does nothing where Kafka is embedded: there are no services. */
    public static ServiceResyncs start(Installation installation) {
        var resyncs = new ServiceResyncs(installation);
        if (installation.config().kafka().broker() instanceof KafkaConfig.Cluster) {
            resyncs.thread.start();
        }
        return resyncs;
    }

    private void run() {
        try {
            do {
                running.values().removeIf(work -> !work.thread().isAlive());
                installation.config().sources().keySet().forEach(this::look);
            } while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("Stopped while waiting", e);
        }
        running.values().forEach(work -> work.worker().stop());
        running.values().forEach(ServiceResyncs::join);
    }

    private void look(String source) {
        try {
            if (!running.containsKey(source) && isWanted(source) && !isDone(source)) {
                running.put(source, begin(source));
            }
        } catch (ReplicationException e) {
            LOG.warn("Tables cannot be copied again now source={} cause=\"{}\"", source, e.getMessage());
        }
    }

    private Work begin(String source) {
        KafkaAccess kafka = KafkaAccess.cluster(installation.config());
        var worker = new ResyncWorker(installation.catalogue(), Replica.settings(installation, source), kafka);
        var working = new Thread(
                () -> {
                    try (kafka) {
                        worker.runWhile(() -> isWanted(source));
                    }
                },
                "resync-" + source);
        working.setDaemon(true);
        working.start();
        return new Work(worker, working);
    }

    /** Something is to be copied, and a service replays what the source does meanwhile. */
    private boolean isWanted(String source) {
        try {
            Catalogue catalogue = installation.catalogue();
            boolean any = catalogue.read(connection -> new ResyncStore()
                    .list(connection, source).stream()
                            .anyMatch(resync -> !resync.phase().isOver()));
            return any
                    && new StandingServices(catalogue, source)
                            .held().stream().anyMatch(lease -> lease.role() == Role.REPLAY);
        } catch (ReplicationException e) {
            LOG.debug(
                    "The catalogue does not tell what is to be copied source={} cause=\"{}\"", source, e.getMessage());
            return false;
        }
    }

    /** By another process. */
    private boolean isDone(String source) {
        List<Lease> live = installation.catalogue().read(connection -> RunningCheck.live(connection, source));
        return live.stream().anyMatch(lease -> lease.role() == Role.RESYNC);
    }

    private static void join(Work work) {
        try {
            work.thread().join(CLOSE_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
