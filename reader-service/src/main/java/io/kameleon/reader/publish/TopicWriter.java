package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.MDC;

/**
 * Sends what a reader publishes, and commits it, in a thread of its own: while Kafka compresses, sends and commits one part, the next
 * one is decoded.
 *
 * <p>Keeps the order: a commit holds what was sent before it, and its position, and nothing behind. A commit that has another one
 * waiting behind it is left to that one, so that small transactions share commits as fast as Kafka makes them. A failure is
 * thrown by the next call; after it nothing more is sent. Bounded: {@value #PARCELS_MAX} parcels wait, then {@link #send} does.
 *
 * <p>All methods belong to the one thread that owns the writer.
 */
final class TopicWriter implements AutoCloseable {
    private static final int PARCELS_MAX = 8;
    private static final int PARCEL_RECORDS = 256;
    private static final long PARCEL_BYTES = 128 << 10;
    private static final long CLOSE_MILLIS_MAX = 10_000;

    private final TopicTransaction transaction;
    private final Thread thread;
    private final BlockingQueue<Parcel> parcels = new ArrayBlockingQueue<>(PARCELS_MAX);
    private volatile ReplicationException failure;
    private volatile boolean closed;

    private Parcel open = new Parcel();
    private long openedNanos;
    private long records;
    private long bytes;

    /** Records in their order, and what is to be done behind them. */
    private static final class Parcel {
        private final ArrayList<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(PARCEL_RECORDS);
        private long bytes;
        /** Not null: commit after the records, together with this one. */
        private ProducerRecord<byte[], byte[]> position;
        /** Runs when the commit is durable; where there is none, when the records are dealt with. */
        private Runnable done = () -> {};
    }

    TopicWriter(String source, TopicTransaction transaction) {
        this.transaction = transaction;
        Map<String, String> context = MDC.getCopyOfContextMap();
        thread = new Thread(() -> run(context), "publish-" + source);
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a record into the open Kafka transaction. Waits while Kafka is slower. */
    void send(ProducerRecord<byte[], byte[]> message) {
        if (records == 0) {
            openedNanos = System.nanoTime();
        }
        int size = (message.value() == null ? 0 : message.value().length)
                + (message.key() == null ? 0 : message.key().length);
        records++;
        bytes += size;
        open.records.add(message);
        open.bytes += size;
        if (open.records.size() >= PARCEL_RECORDS || open.bytes >= PARCEL_BYTES) {
            handOver();
        }
    }

    /**
     * Ends the Kafka transaction with the read position; returns at once.
     *
     * @param committed runs on the writer's thread when the position is durable; not when a later one takes its place
     */
    void commit(ProducerRecord<byte[], byte[]> position, Runnable committed) {
        open.position = position;
        open.done = committed;
        handOver();
        records = 0;
        bytes = 0;
    }

    /** Returns when everything handed over is durable. */
    void await() {
        var through = new CountDownLatch(1);
        open.done = through::countDown;
        handOver();
        uninterruptibly(through::await);
        requireSound();
    }

    /** @throws ReplicationException of an earlier record or commit */
    void requireSound() {
        ReplicationException broken = failure;
        if (broken != null) {
            throw broken;
        }
    }

    /** Records were taken since the last commit. */
    boolean isOpen() {
        return records > 0;
    }

    /** Records taken since the last commit. */
    long records() {
        return records;
    }

    /** Bytes of keys and values taken since the last commit, before compression. */
    long bytes() {
        return bytes;
    }

    /** How long the first of the records has waited for its commit. */
    Duration age(long nowNanos) {
        return isOpen() ? Duration.ofNanos(nowNanos - openedNanos) : Duration.ZERO;
    }

    private void handOver() {
        requireSound();
        Parcel full = open;
        open = new Parcel();
        uninterruptibly(() -> parcels.put(full));
    }

    @FunctionalInterface
    private interface Wait {
        void run() throws InterruptedException;
    }

    /** The writer's thread always goes on, so no wait for it is endless; an interrupt is for whoever looks at it next. */
    private static void uninterruptibly(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the writer's thread ----

    private void run(Map<String, String> context) {
        if (context != null) {
            MDC.setContextMap(context);
        }
        while (!closed) {
            try {
                write(parcels.take());
            } catch (InterruptedException e) {
                return; // closed
            }
        }
    }

    /** After a failure parcels are still taken, so that nobody waits for room or for their end. */
    private void write(Parcel parcel) {
        try {
            if (failure == null && !closed) {
                parcel.records.forEach(transaction::send);
                commit(parcel);
            }
        } catch (ReplicationException e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = new ReplicationException(
                    ErrorCode.INTERNAL, "Publishing failed unexpectedly", Map.of(), "Report this with the log.", e);
        }
        if (parcel.position == null) {
            parcel.done.run();
        }
    }

    private void commit(Parcel parcel) {
        if (parcel.position != null && !isAnotherCommitWaiting()) {
            transaction.send(parcel.position);
            transaction.commit();
            parcel.done.run();
        }
    }

    private boolean isAnotherCommitWaiting() {
        return parcels.stream().anyMatch(waiting -> waiting.position != null);
    }

    /** Aborts what is not committed. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transaction.close();
    }
}
