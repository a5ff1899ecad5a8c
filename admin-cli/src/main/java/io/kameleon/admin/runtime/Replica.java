package io.kameleon.admin.runtime;

import io.kameleon.admin.resync.ResyncWorker;
import io.kameleon.catalogue.metrics.ProcessWatch;
import io.kameleon.catalogue.process.AutoMaintenance;
import io.kameleon.catalogue.process.Tenure;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.reader.publish.ReaderStatus;
import io.kameleon.reader.publish.SourceReader;
import io.kameleon.replay.consume.ReplayStatus;
import io.kameleon.replay.consume.SourceReplay;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One source's reader, replay or both, running in this process until {@link #stop()} or a failure that forbids to go on.
 *
 * <p>When the reader fails, replay first applies what is in the topic; when replay fails, the reader is stopped too. What is
 * committed stays, and the next start goes on from there.
 */
public final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(30);
    /** How long replay may go without progress before the rest is left to the next start. */
    private static final Duration DRAIN_SILENCE_MAX = Duration.ofSeconds(30);

    private final String source;
    private final KafkaAccess kafka;
    private final Tenure tenure;
    private final ProcessWatch watch;
    private final String topic;
    private final Optional<SourceReader> reader;
    private final Optional<SourceReplay> replay;
    /** Beside replay: it has both servers within reach. */
    private final Optional<ResyncWorker> resync;

    /** Null for a reader alone. */
    private AutoMaintenance maintenance;

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    /** What came first; the others follow from it. */
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    private final Map<Role, RuntimeException> failures = new ConcurrentHashMap<>();

    private Replica(
            String source,
            Catalogue catalogue,
            KafkaAccess kafka,
            ProcessWatch watch,
            String topic,
            List<Role> roles,
            Optional<SourceReader> reader,
            Optional<SourceReplay> replay,
            Optional<ResyncWorker> resync) {
        this.source = source;
        this.kafka = kafka;
        this.watch = watch;
        this.reader = reader;
        this.replay = replay;
        this.resync = resync;
        this.topic = topic;
        this.tenure = Tenure.take(catalogue, source, roles, cause -> roles.forEach(role -> fail(role, cause)));
    }

    /**
     * Starts both sides.
     *
     * @throws ReplicationException WRONG_STATE before the source was initialised, ALREADY_RUNNING, BROKER_UNREACHABLE, ...
     */
    public static Replica start(Installation installation, String source) {
        requireInitialised(installation, source);
        KafkaAccess kafka = KafkaAccess.own(installation.config(), source);
        return start(installation, source, kafka, List.of(Role.READER, Role.REPLAY));
    }

    /** Starts one side, against a cluster. */
    public static Replica startSide(Installation installation, String source, Role role) {
        requireInitialised(installation, source);
        return start(installation, source, KafkaAccess.cluster(installation.config()), List.of(role));
    }

    private static Replica start(Installation installation, String source, KafkaAccess kafka, List<Role> roles) {
        ProcessWatch watch = null;
        try {
            watch = ProcessWatch.start(installation.config(), "replica");
            SourceSettings settings = settings(installation, source);
            Optional<SourceReader> reader = roles.contains(Role.READER)
                    ? Optional.of(new SourceReader(settings.reader(kafka)))
                    : Optional.empty();
            Optional<SourceReplay> replay = roles.contains(Role.REPLAY)
                    ? Optional.of(new SourceReplay(settings.replay(kafka, installation.catalogue())))
                    : Optional.empty();
            Optional<ResyncWorker> resync =
                    replay.map(any -> new ResyncWorker(installation.catalogue(), settings, kafka));
            var replica = new Replica(
                    source,
                    installation.catalogue(),
                    kafka,
                    watch,
                    settings.topics().rows(source),
                    roles,
                    reader,
                    replay,
                    resync);
            replica.begin();
            replay.ifPresent(any -> replica.maintenance = AutoMaintenance.start(
                    installation.catalogue(), installation.config(), installation.source(source), kafka.properties()));
            return replica;
        } catch (RuntimeException e) {
            if (watch != null) {
                watch.close();
            }
            kafka.close();
            throw e;
        }
    }

    /** Settings with the mappings that the catalogue holds. */
    public static SourceSettings settings(Installation installation, String source) {
        Map<String, String> mappings = Tenure.mappings(installation.catalogue(), source);
        return new SourceSettings(installation.config(), installation.source(source), mappings);
    }

    /** @throws ReplicationException WRONG_STATE before the initial copy of the source has ended */
    public static void requireInitialised(Installation installation, String source) {
        installation.registered(source);
        Tenure.requireInitialised(installation.catalogue(), source);
    }

    private void begin() {
        reader.ifPresent(r -> watch.add(r.progress()));
        replay.ifPresent(r -> watch.add(r.progress()));
        watch.attach(kafka.transport());
        reader.ifPresent(r -> begin(Role.READER, () -> readThenDrain(r)));
        replay.ifPresent(r -> begin(Role.REPLAY, r));
        resync.ifPresent(r -> begin(Role.RESYNC, r));
    }

    private void readThenDrain(SourceReader work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (failure.compareAndSet(null, e)) {
                LOG.error("Reader stops source={} cause=\"{}\"", source, e.getMessage(), e);
                replay.ifPresent(this::drain);
            }
            throw e;
        }
    }

    /** Lets replay come to the topic's end: the rows before the reader's trouble are good. */
    private void drain(SourceReplay work) {
        long end = TopicEnd.committed(kafka.properties(), topic);
        long last = -1;
        long sinceNanos = System.nanoTime();
        while (work.status().phase() != ReplayStatus.Phase.STOPPED
                && System.nanoTime() - sinceNanos < DRAIN_SILENCE_MAX.toNanos()) {
            long next = work.status().position() == null
                    ? 0
                    : work.status().position().nextOffset();
            if (next >= end) {
                return;
            }
            if (next != last) {
                last = next;
                sinceNanos = System.nanoTime();
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private void begin(Role role, Runnable work) {
        String name = role.name().toLowerCase(Locale.ROOT);
        var thread = new Thread(
                () -> {
                    MDC.put("source", source);
                    MDC.put("role", name);
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        fail(role, e);
                    } finally {
                        ended.countDown();
                    }
                },
                name + "-" + source);
        threads.add(thread);
        thread.start();
    }

    private void fail(Role role, RuntimeException cause) {
        failures.putIfAbsent(role, cause);
        if (failure.compareAndSet(null, cause)) {
            LOG.error("Replica stops source={} cause=\"{}\"", source, cause.getMessage(), cause);
        }
        ended.countDown();
    }

    /** Waits until a side has ended, by {@link #stop()} or a failure. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** Asks both sides to end; returns at once. */
    public void stop() {
        reader.ifPresent(SourceReader::stop);
        replay.ifPresent(SourceReplay::stop);
        resync.ifPresent(ResyncWorker::stop);
        ended.countDown();
    }

    public Optional<ReaderStatus> readerStatus() {
        return reader.map(SourceReader::status);
    }

    public Optional<ReplayStatus> replayStatus() {
        return replay.map(SourceReplay::status);
    }

    /** Why it ended by itself; empty when it did not. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Stops both sides, waits for them and gives everything back. */
    @Override
    public void close() {
        stop();
        for (Thread thread : threads) {
            join(thread);
        }
        failures.forEach((role, cause) -> {
            if (role != Role.RESYNC) {
                tenure.recordFailure(role, cause);
            }
        });
        Optional.ofNullable(maintenance).ifPresent(AutoMaintenance::close);
        tenure.close();
        watch.close();
        kafka.close();
    }

    private void join(Thread thread) {
        try {
            thread.join(STOP_WAIT_MAX.toMillis());
            if (thread.isAlive()) {
                LOG.warn(
                        "Thread did not end in time thread={} seconds={}", thread.getName(), STOP_WAIT_MAX.toSeconds());
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
