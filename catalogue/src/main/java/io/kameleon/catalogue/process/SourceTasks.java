package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.metrics.ProcessWatch;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** All sources of a service, a thread each; one that ends by an error leaves the others alone. */
final class SourceTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTasks.class);
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration TRANSPORT_PAUSE = Duration.ofSeconds(1);

    private final KameleonConfig config;
    private final List<String> sources;
    private final Role role;
    private final Worker.Factory factory;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    SourceTasks(KameleonConfig config, List<String> sources, Role role, Worker.Factory factory) {
        this.config = config;
        this.sources = sources;
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
        List<SourceTask> tasks = sources.stream()
                .map(name -> new SourceTask(config, config.source(name), role, factory, transport, watch))
                .toList();
        LOG.info(
                "Service started role={} sources={} pid={}",
                roleName(),
                sources,
                ProcessHandle.current().pid());
        return await(
                tasks, CompletableFuture.allOf(tasks.stream().map(this::start).toArray(CompletableFuture<?>[]::new)));
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
