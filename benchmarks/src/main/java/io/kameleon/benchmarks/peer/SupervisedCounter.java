package io.kameleon.benchmarks.peer;

import io.kameleon.benchmarks.measure.RowCounter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another counter's rows; once every few seconds it asks the worker whether its connectors are well. */
final class SupervisedCounter implements RowCounter {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final RowCounter counter;
    private final ConnectWorker worker;
    private final List<String> connectors;
    private long askedNanos = System.nanoTime();

    SupervisedCounter(RowCounter counter, ConnectWorker worker, List<String> connectors) {
        this.counter = counter;
        this.worker = worker;
        this.connectors = List.copyOf(connectors);
    }

    /** @throws IllegalStateException when a connector has failed */
    @Override
    public long rows() throws Exception {
        if (System.nanoTime() - askedNanos > INTERVAL_NANOS) {
            askedNanos = System.nanoTime();
            for (String connector : connectors) {
                worker.requireRunning(connector);
            }
        }
        return counter.rows();
    }

    @Override
    public boolean isComplete(long seen, long expected, Duration sinceGrowth) {
        return counter.isComplete(seen, expected, sinceGrowth);
    }
}
