package io.kameleon.benchmarks.measure;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches a contender at work. Time and processor are taken from the first sight of a fifth of the rows to that of the last row:
 * processes that run for weeks are started, connected and compiled, whoever they belong to. What they do afterwards does not
 * count either.
 *
 * <p>Stateless but for the servers that it knows; used by one thread at a time.
 */
public final class Meter {
    /** Between two looks at the row counter: an error of two parts in a thousand for a run of 10 s. */
    private static final Duration COUNT_INTERVAL = Duration.ofMillis(20);

    private static final int MEMORY_ONCE_IN = 5;
    /** Share of the rows that passes before the measurement begins. */
    private static final double WARM_UP = 0.2;

    private final Map<String, ProcessHandle> servers;
    private final Duration silenceMax;

    /**
     * @param servers    whose processor time is shown beside the contender's
     * @param silenceMax without a new row the run is void
     */
    public Meter(Map<String, ProcessHandle> servers, Duration silenceMax) {
        this.servers = Map.copyOf(servers);
        this.silenceMax = silenceMax;
    }

    /**
     * Returns when all rows have arrived.
     *
     * @param processes of the contender, running
     * @param rows      how many will arrive
     * @throws IllegalStateException when a process ends before, or no row arrives for too long
     */
    public Activity watch(Collection<ProcessHandle> processes, RowCounter counter, long rows) throws Exception {
        var watched = List.copyOf(processes);
        Reading first = null;
        Reading last = null;
        long peak = 0;
        long seen = 0;
        long beganNanos = System.nanoTime();
        long grownNanos = beganNanos;
        for (long look = 0; !counter.isComplete(seen, rows, since(grownNanos)); look++) {
            long now = counter.rows();
            if (now > seen) {
                seen = now;
                grownNanos = System.nanoTime();
                if (first == null && now >= rows * WARM_UP || now >= rows) {
                    last = reading(watched, Math.min(now, rows));
                    first = first == null ? last : first;
                }
            }
            if (look % MEMORY_ONCE_IN == 0) {
                peak = Math.max(peak, ProcessUsage.of(watched).residentBytes());
                requireProgress(watched, seen, rows, since(grownNanos));
            }
            LockSupport.parkNanos(COUNT_INTERVAL.toNanos());
        }
        return between(first, last, peak, beganNanos);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** Of a program that runs to its end and is measured whole: everything from its start. */
    public Activity whole(Process process, long rows) throws InterruptedException {
        Map<String, Long> before = serverCpu();
        long startNanos = System.nanoTime();
        var own = List.of(process.toHandle());
        var usage = ProcessUsage.of(own);
        long peak = 0;
        while (process.isAlive()) {
            var now = ProcessUsage.of(own);
            if (now.cpuMicros() >= usage.cpuMicros()) {
                usage = now;
            }
            peak = Math.max(peak, now.residentBytes());
            process.waitFor(COUNT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return new Activity(rows, seconds, usage.cpuMicros(), usage.cpuMicros(), peak, minus(serverCpu(), before), 0);
    }

    private record Reading(long nanos, long rows, long cpuMicros, Map<String, Long> serverCpu) {}

    private Reading reading(List<ProcessHandle> processes, long rows) {
        long nanos = System.nanoTime();
        return new Reading(nanos, rows, ProcessUsage.of(processes).cpuMicros(), serverCpu());
    }

    private Map<String, Long> serverCpu() {
        var cpu = new HashMap<String, Long>();
        servers.forEach((name, process) -> cpu.put(name, ProcessUsage.cpuMicros(process)));
        return cpu;
    }

    private static Activity between(Reading first, Reading last, long peak, long beganNanos) {
        return new Activity(
                last.rows - first.rows,
                (last.nanos - first.nanos) / 1e9,
                last.cpuMicros - first.cpuMicros,
                last.cpuMicros,
                peak,
                minus(last.serverCpu, first.serverCpu),
                (first.nanos - beganNanos) / 1e9);
    }

    private static Map<String, Long> minus(Map<String, Long> later, Map<String, Long> earlier) {
        var difference = new HashMap<String, Long>();
        later.forEach((name, micros) -> difference.put(name, micros - earlier.getOrDefault(name, 0L)));
        return difference;
    }

    private void requireProgress(List<ProcessHandle> processes, long seen, long rows, Duration silence) {
        if (processes.stream().anyMatch(process -> !process.isAlive())) {
            throw new IllegalStateException("a process ended when " + seen + " of " + rows + " rows had arrived");
        }
        if (silence.compareTo(silenceMax) > 0) {
            throw new IllegalStateException(
                    "no row for " + silenceMax.toSeconds() + " s, after " + seen + " of " + rows);
        }
    }
}
