package io.kameleon.admin.monitor;

import io.kameleon.admin.lag.LagLook;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.SourceStatus;
import io.kameleon.catalogue.store.CopyRange;
import io.kameleon.catalogue.store.CopyRangeStore;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every source of the catalogue again and again, and keeps the last look and the lags of the last hour. A look that hangs,
 * because a server went away in the middle of it, is left behind after {@value #WAIT_SECONDS_MAX} s and overtaken by a new one;
 * {@value #LOOKS_MAX} at a time for a source, {@value #THREADS} in all. Thread-safe.
 */
final class Looks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
    private static final int THREADS = 8;
    private static final int LOOKS_MAX = 2;
    private static final int WAIT_SECONDS_MAX = 5;
    private static final int POINTS_MAX = 720;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final Installation installation;
    private final Clock clock;
    private final Duration interval;
    private final LagLook lags;
    private final Map<String, SourceLook> last = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    private final Map<String, Deque<Point>> history = new TreeMap<>();
    private final AtomicLong failures = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService lookers;
    private final Thread thread;
    private volatile String trouble = "";
    private volatile boolean looked;

    /** The lags at one look; null is not known. */
    record Point(long millis, Long records, Double seconds, Long bytes) {}

    private Looks(Installation installation, Duration interval, Clock clock) {
        this.installation = installation;
        this.interval = interval;
        this.clock = clock;
        this.lags = new LagLook(installation, clock);
        this.lookers = Executors.newFixedThreadPool(THREADS, task -> {
            var looker = new Thread(task, "look");
            looker.setDaemon(true);
            return looker;
        });
        this.thread = new Thread(this::run, "looks");
        thread.setDaemon(true);
    }

    static Looks start(Installation installation, Duration interval, Clock clock) {
        var looks = new Looks(installation, interval, clock);
        looks.thread.start();
        return looks;
    }

    private void run() {
        try {
            do {
                lookAtAll();
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAtAll() throws InterruptedException {
        List<String> names;
        try {
            names = sources();
        } catch (ReplicationException e) {
            failed("", e);
            return;
        }
        last.keySet().retainAll(names);
        var waiting = new ArrayList<Future<?>>();
        for (String name : names) {
            if (running.merge(name, 1, Integer::sum) <= LOOKS_MAX) {
                waiting.add(lookers.submit(() -> lookAt(name)));
            } else {
                running.merge(name, -1, Integer::sum);
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        for (Future<?> one : waiting) {
            try {
                one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                LOG.debug("A look takes long and is left behind");
            } catch (ExecutionException e) {
                LOG.error("A look failed by a fault of the program", e.getCause());
            }
        }
        looked = true;
    }

    private List<String> sources() {
        return installation.catalogue().read(connection -> new SourceStore().list(connection)).stream()
                .map(source -> source.name())
                .filter(installation.config().sources()::containsKey)
                .toList();
    }

    private void lookAt(String source) {
        Instant begun = clock.instant();
        try {
            SourceStatus status = SourceStatus.of(installation, source, clock);
            var look = new SourceLook(begun, status, lags.at(source), ranges(status));
            if (isNewest(look)) {
                remember(look);
            }
            trouble = "";
        } catch (ReplicationException e) {
            failed(source, e);
        } finally {
            running.merge(source, -1, Integer::sum);
        }
    }

    /** Takes the look unless one that began later is there already. */
    private boolean isNewest(SourceLook look) {
        return last.merge(look.source(), look, (there, now) -> now.at().isAfter(there.at()) ? now : there) == look;
    }

    private void failed(String source, ReplicationException cause) {
        failures.incrementAndGet();
        if (!cause.getMessage().equals(trouble)) {
            LOG.warn("A look failed source={} cause=\"{}\"", source, cause.getMessage());
        }
        trouble = cause.getMessage();
    }

    private List<CopyRange> ranges(SourceStatus status) {
        List<ReplicaTable> copying =
                status.tables().stream().filter(t -> t.state() == State.COPYING).toList();
        if (copying.isEmpty()) {
            return List.of();
        }
        return installation.catalogue().read(connection -> {
            var found = new ArrayList<CopyRange>();
            for (ReplicaTable table : copying) {
                found.addAll(new CopyRangeStore().list(connection, table.source(), table.id()));
            }
            return found;
        });
    }

    private void remember(SourceLook look) {
        synchronized (history) {
            Deque<Point> points = history.computeIfAbsent(look.source(), any -> new ArrayDeque<>());
            points.add(new Point(
                    look.at().toEpochMilli(),
                    look.lag().records().orElse(null),
                    look.lag().seconds().orElse(null),
                    look.lag().bytes().orElse(null)));
            while (points.size() > POINTS_MAX) {
                points.removeFirst();
            }
        }
    }

    /** The last look at each source, by name. */
    List<SourceLook> all() {
        return List.copyOf(last.values());
    }

    Optional<SourceLook> of(String source) {
        return Optional.ofNullable(last.get(source));
    }

    /** The oldest first. */
    List<Point> history(String source) {
        synchronized (history) {
            return List.copyOf(history.getOrDefault(source, new ArrayDeque<>()));
        }
    }

    long failures() {
        return failures.get();
    }

    /** Why the last look failed; empty when it did not. */
    String trouble() {
        return trouble;
    }

    /** Every source was looked at once, and the last round did not fail. */
    boolean isReady() {
        return looked && trouble.isEmpty();
    }

    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        lookers.shutdown();
        thread.join(CLOSE_MAX.toMillis());
        if (!lookers.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            lookers.shutdownNow();
        }
    }
}
