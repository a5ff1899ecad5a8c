package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogStream;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.progress.ProgressMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One connection's worth of reading: events in, Kafka transactions out, until it breaks or is stopped.
 *
 * <p>A Kafka transaction is committed as soon as the stream falls idle, so that a single change is visible within milliseconds,
 * and under load by size and age. What is open when the session ends is aborted and read again. One thread only.
 */
final class ReadSession {
    private static final Duration IDLE_WAIT = Duration.ofMillis(100);
    /** A Kafka transaction inside one large source transaction: far below the transaction timeout and the broker's memory. */
    private static final long BYTES_MAX = 32L << 20;

    private static final Duration INSIDE_AGE_MAX = Duration.ofSeconds(10);
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long POSITION_NANOS = Duration.ofMillis(200).toNanos();

    private final BinlogStream stream;
    private final EventHandler handler;
    private final RowPublisher publisher;
    private final DefinitionAnswers answers;
    private final TopicWriter writer;
    private final StateTopic stateTopic;
    private final ReadState start;
    private final ReadLimits limits;
    private final Clock clock;
    private final Consumer<ReadState> committedStates;
    private SourcePosition stated;
    private long statedNanos = System.nanoTime();
    private final ReadProgress progress;

    ReadSession(
            BinlogStream stream,
            EventHandler handler,
            RowPublisher publisher,
            DefinitionAnswers answers,
            TopicWriter writer,
            StateTopic stateTopic,
            ReadState start,
            ReadLimits limits,
            Clock clock,
            Consumer<ReadState> committedStates,
            ProgressMeter progress) {
        this.stream = stream;
        this.handler = handler;
        this.publisher = publisher;
        this.answers = answers;
        this.writer = writer;
        this.stateTopic = stateTopic;
        this.start = start;
        this.stated = start.position();
        this.limits = limits;
        this.clock = clock;
        this.committedStates = committedStates;
        this.progress = new ReadProgress(progress, start);
    }

    void run(BooleanSupplier stopping) throws InterruptedException {
        try {
            readUntil(stopping);
        } finally {
            progress.ended(handler);
        }
    }

    private void readUntil(BooleanSupplier stopping) throws InterruptedException {
        commit(); // a first sign of life, and proof that Kafka takes it
        while (!stopping.getAsBoolean()) {
            if (answers.isAsked() && handler.isBetweenTransactions()) {
                answers.answer(handler.committed());
            }
            BinlogEvent event = stream.poll(Duration.ZERO);
            if (event == null) {
                commitWhenIdle();
                event = stream.poll(IDLE_WAIT);
            }
            if (event != null) {
                handler.handle(event);
                if (isFull()) {
                    commit();
                }
            }
        }
        if (!isInside()) {
            commit();
        }
        writer.await();
    }

    private boolean isInside() {
        return handler.isInsideTransaction() || publisher.isInsideSourceTransaction();
    }

    private boolean isFull() {
        if (!writer.isOpen()) {
            return false;
        }
        Duration age = writer.age(System.nanoTime());
        if (isInside()) {
            return writer.bytes() >= BYTES_MAX || age.compareTo(INSIDE_AGE_MAX) >= 0;
        }
        return writer.records() >= limits.batchRecordsMax()
                || writer.bytes() >= BYTES_MAX
                || age.compareTo(limits.flushInterval()) >= 0;
    }

    private void commitWhenIdle() {
        writer.requireSound();
        long sinceStated = System.nanoTime() - statedNanos;
        boolean rows = writer.isOpen() && !isInside();
        boolean moved = !handler.committed().equals(stated.coordinates()) && sinceStated >= POSITION_NANOS;
        if (rows || moved || sinceStated >= HEARTBEAT_NANOS) {
            commit();
        }
    }

    private void commit() {
        var position = new SourcePosition(start.position().serverUuid(), handler.committed(), handler.gtidSet());
        var state = new ReadState(
                position,
                handler.readFrom(),
                start.mariaDb(),
                start.serverVersion(),
                start.serverId(),
                publisher.sentInSourceTransaction(),
                handler.lastEventMillis(),
                clock.millis(),
                publisher.rowsTotal(),
                publisher.transactionsTotal(),
                Map.of());
        publisher.takeTallies(progress::table);
        progress.session(handler, stream, writer, isInside());
        writer.commit(stateTopic.position(state), () -> {
            committedStates.accept(state);
            progress.committed(state);
        });
        stated = position;
        statedNanos = System.nanoTime();
    }
}
