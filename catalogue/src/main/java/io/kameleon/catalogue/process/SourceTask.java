package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.metrics.ProcessWatch;
import io.kameleon.catalogue.process.SourceTasks.Choice;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source in a service: takes its lease, works, and leaves the reason in the catalogue when it ends by an error.
 *
 * <p>Replay needs the catalogue and waits for it. A reader goes on without it, by the mappings of the file: what keeps two
 * readers apart is Kafka's transactional id. It takes the lease as soon as PostgreSQL answers, so that the status shows it.
 * {@link #run} belongs to one thread; {@link #stop} may come from any.
 */
final class SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTask.class);
    /** A process that was killed on another machine leaves a lease that long; a little more for clocks and slow servers. */
    private static final Duration PREDECESSOR_WAIT_MAX = Leases.TIME_TO_LIVE.plusSeconds(5);

    private static final Duration PREDECESSOR_PAUSE = Duration.ofSeconds(1);

    private static final Duration LATER_WAIT_MAX = Duration.ofSeconds(5);

    private final KameleonConfig config;
    private final SourceConfig source;
    private final Role role;
    private final Choice choice;
    private final Worker.Factory factory;
    private final ServiceCatalogue found;
    private final Transport transport;
    private final ProcessWatch watch;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final AtomicReference<ReplicationException> lost = new AtomicReference<>();
    private Worker worker;

    SourceTask(
            KameleonConfig config,
            SourceConfig source,
            Role role,
            Choice choice,
            Worker.Factory factory,
            ServiceCatalogue found,
            Transport transport,
            ProcessWatch watch) {
        this.found = found;
        this.watch = watch;
        this.config = config;
        this.source = source;
        this.role = role;
        this.choice = choice;
        this.factory = factory;
        this.transport = transport;
    }

    String name() {
        return source.name();
    }

    /**
     * Works until {@link #stop()}.
     *
     * @throws ReplicationException that forbids to go on
     */
    void run() throws InterruptedException {
        try (var place = new LatePlace()) {
            Optional<Catalogue> catalogue = enter(place);
            if (isStopping()) {
                return;
            }
            TableFilter filter = catalogue
                    .map(found -> TableFilter.of(source, Tenure.mappings(found, name())))
                    .orElseGet(() -> TableFilter.of(source));
            work(filter, place);
        }
    }

    private void work(TableFilter filter, LatePlace place) {
        try {
            begin(filter).work().run();
            if (lost.get() != null) {
                throw lost.get();
            }
        } catch (RuntimeException e) {
            boolean fenced = e instanceof ReplicationException known && known.code() == ErrorCode.WRITER_FENCED;
            if (choice == Choice.NAMED || !fenced) {
                place.recordFailure(e);
            }
            throw e;
        } finally {
            leave();
        }
    }

    /** Others may show the source's figures from now on; a source that was named keeps showing that it ended by an error. */
    private synchronized void leave() {
        if ((choice == Choice.UNOWNED || isStopping()) && worker != null) {
            watch.remove(worker.progress());
        }
    }

    private synchronized Worker begin(TableFilter filter) {
        worker = factory.create(config, source, filter, transport);
        watch.add(worker.progress());
        if (isStopping()) {
            worker.stop().run();
        }
        return worker;
    }

    synchronized void stop() {
        stopRequested.countDown();
        if (worker != null) {
            worker.stop().run();
        }
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    /** The catalogue with the lease taken; empty when a reader goes on without, or when it was stopped. */
    private Optional<Catalogue> enter(LatePlace place) throws InterruptedException {
        long deadline = System.nanoTime() + PREDECESSOR_WAIT_MAX.toNanos();
        while (!isStopping()) {
            try {
                return Optional.of(place.take());
            } catch (ReplicationException e) {
                if (e.code() == ErrorCode.ALREADY_RUNNING && choice == Choice.UNOWNED) {
                    LOG.info("Left to another process source={} role={}", name(), role);
                    stop();
                    return Optional.empty();
                }
                boolean occupied = e.code() == ErrorCode.ALREADY_RUNNING && System.nanoTime() < deadline;
                if (e.code().handling() != Handling.RETRY && !occupied) {
                    throw e;
                }
                if (role == Role.READER && !occupied) {
                    LOG.warn("Reading without the catalogue source={} cause=\"{}\"", name(), e.getMessage());
                    place.takeLater();
                    return Optional.empty();
                }
                LOG.info("Waiting to start source={} role={} cause=\"{}\"", name(), role, e.getMessage());
                pause(occupied ? PREDECESSOR_PAUSE : source.sleepLoop());
            }
        }
        return Optional.empty();
    }

    private void pause(Duration wait) throws InterruptedException {
        if (stopRequested.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.info("Stopped while waiting source={}", name());
        }
    }

    private void lost(ReplicationException cause) {
        lost.compareAndSet(null, cause);
        stop();
    }

    /** The place in the catalogue, which a reader may take only after it has begun. */
    private final class LatePlace implements AutoCloseable {
        private final AtomicReference<Tenure> tenure = new AtomicReference<>();
        private Thread later;
        private AutoMaintenance maintenance;

        Catalogue take() {
            Catalogue catalogue = found.get();
            catalogue.requireVersion();
            tenure.set(Tenure.take(catalogue, name(), List.of(role), SourceTask.this::lost));
            if (role == Role.REPLAY) {
                maintenance = AutoMaintenance.start(catalogue, config, source, transport.properties());
            }
            return catalogue;
        }

        void takeLater() {
            later = new Thread(this::takeWhenReachable, "lease-later-" + name());
            later.setDaemon(true);
            later.start();
        }

        private void takeWhenReachable() {
            while (true) {
                try {
                    if (stopRequested.await(source.sleepLoop().toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    take();
                    LOG.info("Lease taken source={}", name());
                    return;
                } catch (InterruptedException e) {
                    return; // the work has ended
                } catch (ReplicationException e) {
                    LOG.debug("Lease not taken yet source={} cause=\"{}\"", name(), e.getMessage());
                }
            }
        }

        void recordFailure(RuntimeException cause) {
            Optional.ofNullable(tenure.get()).ifPresent(held -> held.recordFailure(role, cause));
        }

        @Override
        public void close() throws InterruptedException {
            if (later != null) {
                later.interrupt();
                later.join(LATER_WAIT_MAX.toMillis());
            }
            Optional.ofNullable(maintenance).ifPresent(AutoMaintenance::close);
            Optional.ofNullable(tenure.get()).ifPresent(Tenure::close);
        }
    }
}
