package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.metrics.ProcessWatch;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
 * whatever nobody else works for: then the process stands by for the others and takes over what they leave.
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
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /** @param sources by name; empty for whatever nobody works for */
    SourceTasks(KameleonConfig config, List<String> sources, Role role, Worker.Factory factory) {
        this.config = config;
        this.sources = sources;
        this.choice = sources.isEmpty() ? Choice.UNOWNED : Choice.NAMED;
        this.role = role;
        this.factory = factory;
    }

    /** @return the exit code */
    int run() throws InterruptedException {
        Shutdown.onSignal(() -> {
            stopRequested.countDown();
            stopped.complete(null);
        });
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
        List<SourceTask> tasks =
                sources.stream().map(name -> task(name, transport, watch)).toList();
        return await(
                tasks, CompletableFuture.allOf(tasks.stream().map(this::start).toArray(CompletableFuture<?>[]::new)));
    }

    private int share(Transport transport, ProcessWatch watch) throws InterruptedException {
        var free = new FreeSources(config, role);
        watch.standBy();
        var running = new HashMap<SourceTask, CompletableFuture<Void>>();
        do {
            running.values().removeIf(CompletableFuture::isDone);
            Set<String> mine = running.keySet().stream().map(SourceTask::name).collect(Collectors.toSet());
            for (String name : free.look(mine)) {
                SourceTask task = task(name, transport, watch);
                running.put(task, start(task));
            }
        } while (!stopRequested.await(LOOK_PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        return await(
                List.copyOf(running.keySet()),
                CompletableFuture.allOf(running.values().toArray(CompletableFuture<?>[]::new)));
    }

    private SourceTask task(String name, Transport transport, ProcessWatch watch) {
        return new SourceTask(config, config.source(name), role, choice, factory, transport, watch);
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

    private int await(List<SourceTask> tasks, CompletableFuture<Void> all) throws InterruptedException {
        CompletableFuture.anyOf(all, stopped).join();
        if (!stopped.isDone()) {
            LOG.error("Every source has ended role={}", roleName());
            return ServiceProcess.FAILED;
        }
        LOG.info("Service stops role={}", roleName());
        tasks.forEach(SourceTask::stop);
        try {
            all.get(STOP_WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
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
