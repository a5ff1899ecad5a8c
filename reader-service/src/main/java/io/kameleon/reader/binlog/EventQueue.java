package io.kameleon.reader.binlog;

import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events on their way from the network's thread to the decoding one, bounded in bytes.
 *
 * <p>The taking side empties the queue in one step and then works through what it took without a lock: events of small
 * transactions are so many that a hand-over each would cost more than their decoding. {@link #put}, {@link #fail} and
 * {@link #close} are thread-safe; {@link #poll} belongs to one thread.
 */
final class EventQueue {
    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrival = lock.newCondition();
    private ArrayDeque<BinlogEvent> queue = new ArrayDeque<>();
    private ArrayDeque<BinlogEvent> taken = new ArrayDeque<>();
    private long queuedBytes;
    private ReplicationException failure;
    private boolean closed;

    /** @param bytesMax of events that wait, and again of those that were taken; a single larger event passes alone */
    EventQueue(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Waits while the queue is full. */
    void put(BinlogEvent event) {
        lock.lock();
        try {
            while (queuedBytes > 0 && queuedBytes + event.length() > bytesMax && !closed) {
                room.awaitUninterruptibly();
            }
            if (closed) {
                return;
            }
            queue.add(event);
            queuedBytes += event.length();
            if (queue.size() == 1) {
                arrival.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Of the events that wait, without those that were taken. Thread-safe. */
    long bytes() {
        lock.lock();
        try {
            return queuedBytes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next event, or null when none arrived in time.
     *
     * @throws ReplicationException that {@link #fail} was given, once everything before it has been handed out
     */
    BinlogEvent poll(Duration wait) throws InterruptedException {
        BinlogEvent event = taken.poll();
        return event != null || !take(wait.toNanos()) ? event : taken.poll();
    }

    private boolean take(long waitNanos) throws InterruptedException {
        long nanos = waitNanos;
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty()) {
                if (failure != null) {
                    throw failure;
                }
                if (nanos <= 0) {
                    return false;
                }
                nanos = arrival.awaitNanos(nanos);
            }
            ArrayDeque<BinlogEvent> empty = taken;
            taken = queue;
            queue = empty;
            queuedBytes = 0;
            room.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the events with a failure; the first one counts. */
    void fail(ReplicationException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            arrival.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits and takes nothing more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            queuedBytes = 0;
            queue.clear();
            room.signalAll();
            arrival.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
