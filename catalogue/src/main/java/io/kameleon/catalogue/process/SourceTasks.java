package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.metrics.ProcessWatch;
import io.kameleon.catalogue.process.ServiceDesk.Wishes;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The sources of a service, a thread each; one that ends by an error leaves the others alone. They are those that were named, or
 * whatever nobody else works for: then the process stands by for the others and takes over what they leave. Either way it works for none
 * that the operator has stopped.
 */
final class SourceTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTasks.class);
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration TRANSPORT_PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(1);

    /** Which sources a service works for. */
    enum Choice {
        NAMED,
        UNOWNED
    }

    private final KameleonConfig config;
    private final List<String> sources;
    private final Choice choice;
    private final Role role;
    private final Worker.Factory factory;
    private final ServiceCatalogue catalogue;
    private final CountDownLatch stopRequested = new CountDownLatch(1);

    /** @param sources by name; empty for whatever nobody works for */
    SourceTasks(KameleonConfig config, List<String> sources, Role role, Worker.Factory factory) {
        this.config = config;
        this.sources = sources;
        this.choice = sources.isEmpty() ? Choice.UNOWNED : Choice.NAMED;
        this.role = role;
        this.factory = factory;
        this.catalogue = new ServiceCatalogue(config.pg());
    }

    /** @return the exit code */
    int run() throws InterruptedException {
        Shutdown.onSignal(stopRequested::countDown);
        try (var watch = ProcessWatch.start(config, roleName());
                Transport transport = openTransport()) {
            return transport == null ? ServiceProcess.DONE : run(transport, watch);
        }
    }

    private int run(Transport transport, ProcessWatch watch) throws InterruptedException {
        watch.attach(transport);
        LOG.info(
                "Service started role={} sources={} pid={}",
                roleName(),
                choice == Choice.NAMED ? sources : "those without an owner",
                ProcessHandle.current().pid());
        if (choice == Choice.UNOWNED) {
            return share(transport, watch);
        }
        return workForNamed(transport, watch);
    }

    private int share(Transport transport, ProcessWatch watch) throws InterruptedException {
        var free = new FreeSources(config, catalogue, role);
        watch.standBy();
        var running = new HashMap<SourceTask, CompletableFuture<Void>>();
        try (var desk = new ServiceDesk(catalogue, config.sources().keySet(), role)) {
            do {
                removeEnded(running);
                stopUnwanted(running, desk.look().stopped());
                for (String name : free.look(names(running))) {
                    SourceTask task = task(name, transport, watch);
                    running.put(task, start(task));
                }
            } while (!stopRequested.await(LOOK_PAUSE.toMillis(), TimeUnit.MILLISECONDS));
            return end(running);
        }
    }

    /** Until it is asked to end, or each of them has ended by an error. */
    private int workForNamed(Transport transport, ProcessWatch watch) throws InterruptedException {
        var running = new HashMap<SourceTask, CompletableFuture<Void>>();
        var named = new NamedSources(sources);
        try (var desk = new ServiceDesk(catalogue, sources, role)) {
            do {
                Wishes wishes = desk.look();
                removeEnded(running).forEach(named::ended);
                stopUnwanted(running, wishes.stopped());
                for (String name : named.toBegin(wishes, names(running))) {
                    SourceTask task = task(name, transport, watch);
                    running.put(task, start(task));
                }
                if (named.isAnyWaiting()) {
                    watch.standBy(); // those that are left were stopped
                }
                if (running.isEmpty() && !named.isAnyWaiting()) {
                    LOG.error("Every source has ended role={}", roleName());
                    return ServiceProcess.FAILED;
                }
            } while (!stopRequested.await(LOOK_PAUSE.toMillis(), TimeUnit.MILLISECONDS));
            return end(running);
        }
    }

    /** @return their names */
    private static Set<String> removeEnded(Map<SourceTask, CompletableFuture<Void>> running) {
        Set<String> before = names(running);
        running.values().removeIf(CompletableFuture::isDone);
        before.removeAll(names(running));
        return before;
    }

    private static void stopUnwanted(Map<SourceTask, CompletableFuture<Void>> running, Set<String> unwanted) {
        running.keySet().stream().filter(task -> unwanted.contains(task.name())).forEach(SourceTask::stop);
    }

    private static Set<String> names(Map<SourceTask, CompletableFuture<Void>> running) {
        return running.keySet().stream().map(SourceTask::name).collect(Collectors.toCollection(HashSet::new));
    }

    private SourceTask task(String name, Transport transport, ProcessWatch watch) {
        return new SourceTask(config, config.source(name), role, choice, factory, catalogue, transport, watch);
    }

    /** Null when it was stopped before Kafka answered. */
    private Transport openTransport() throws InterruptedException {
        while (true) {
            try {
                return Transport.cluster(config);
            } catch (ReplicationException e) {
                if (e.code().handling() != Handling.RETRY) {
                    throw e;
                }
                LOG.warn("Waiting for Kafka cause=\"{}\"", e.getMessage());
            }
            if (stopRequested.await(TRANSPORT_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
    }

    private CompletableFuture<Void> start(SourceTask task) {
        var ended = new CompletableFuture<Void>();
        var thread = new Thread(
                () -> {
                    MDC.put("source", task.name());
                    MDC.put("role", roleName());
                    work(task);
                    ended.complete(null);
                },
                roleName() + "-" + task.name());
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    private void work(SourceTask task) {
        try {
            task.run();
            LOG.info("Source stopped source={}", task.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Source interrupted source={}", task.name());
        } catch (ReplicationException e) {
            LOG.error("Source ended by an error source={} cause=\"{}\"", task.name(), e.getMessage());
            LOG.debug("Source ended by an error source={}", task.name(), e);
        } catch (RuntimeException e) {
            LOG.error("Source ended by a fault of the program source={}", task.name(), e);
        }
    }

    private int end(Map<SourceTask, CompletableFuture<Void>> running) throws InterruptedException {
        LOG.info("Service stops role={}", roleName());
        running.keySet().forEach(SourceTask::stop);
        try {
            CompletableFuture.allOf(running.values().toArray(CompletableFuture<?>[]::new))
                    .get(STOP_WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
            return ServiceProcess.DONE;
        } catch (TimeoutException e) {
            LOG.warn("Sources did not end in time seconds={}", STOP_WAIT_MAX.toSeconds());
            return ServiceProcess.FAILED;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a source's thread never completes by an exception", e);
        }
    }

    private String roleName() {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
