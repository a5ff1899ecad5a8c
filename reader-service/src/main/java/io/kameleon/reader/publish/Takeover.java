package io.kameleon.reader.publish;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.wire.HangingTransactions;
import io.kameleon.schemas.wire.HangingTransactions.Hanging;
import io.kameleon.schemas.wire.TopicLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a source's topics over from an earlier reader: fences it, and ends its transactions that Kafka left without their marks, so
 * that the rows and the read position that can be seen belong together. One thread only.
 */
final class Takeover {
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
    /** More than a few transactions' marks, and enough to meet the end of a source transaction of ordinary size. */
    private static final int TAIL_RECORDS = 1_000;

    private static final Duration READ_MAX = Duration.ofSeconds(30);

    private final ReaderSettings settings;
    private final TopicPartition rows;
    private final TopicPartition state;

    private Takeover(ReaderSettings settings) {
        this.settings = settings;
        rows = new TopicPartition(settings.topics().rows(settings.source()), 0);
        state = new TopicPartition(settings.topics().state(settings.source()), 0);
    }

    /**
     * For a reader that goes on where the earlier one had come to.
     *
     * @throws ReplicationException TRANSACTION_HANGING when Kafka ended a transaction for one of the topics only; BROKER_UNREACHABLE
     */
    static TopicTransaction goOn(ReaderSettings settings) {
        return new Takeover(settings).open(true);
    }

    /** For a new beginning, whatever had been read. @throws ReplicationException BROKER_UNREACHABLE */
    static TopicTransaction beginAnew(ReaderSettings settings) {
        return new Takeover(settings).open(false);
    }

    /** Fences alone; the topics need not exist. @throws ReplicationException BROKER_UNREACHABLE */
    static TopicTransaction fence(ReaderSettings settings) {
        return TopicTransaction.open(settings.source(), ids(settings), settings.kafka());
    }

    private static List<String> ids(ReaderSettings settings) {
        return settings.topics().readerTransactionalIds(settings.source());
    }

    private TopicTransaction open(boolean goesOn) {
        TopicTransaction transaction = fence(settings);
        try (var hanging = HangingTransactions.of(settings.kafka(), ids(settings))) {
            end(hanging, goesOn);
            return transaction;
        } catch (KafkaException e) {
            transaction.close();
            throw unreachable(e);
        } catch (RuntimeException e) {
            transaction.close();
            throw e;
        }
    }

    private void end(HangingTransactions hanging, boolean goesOn) {
        List<Hanging> inRows = hanging.find(rows);
        List<Hanging> inState = hanging.find(state);
        if (inRows.isEmpty() && inState.isEmpty()) {
            return;
        }
        if (goesOn) {
            settings.stateTopic().loadPosition().ifPresent(visible -> requireWhole(visible, inRows, inState));
        }
        LOG.warn(
                "Kafka left transactions of an earlier reader open; they are taken back and read again source={}"
                        + " rows_from={} states_from={}",
                settings.source(),
                offsets(inRows),
                offsets(inState));
        hanging.abortAll(rows);
        hanging.abortAll(state);
    }

    private static List<Long> offsets(List<Hanging> found) {
        return found.stream().map(Hanging::from).toList();
    }

    /**
     * What hangs can be taken back as long as nothing else of the same transactions, and nothing behind them, counts. A transaction
     * that hangs in both topics was seen by nobody.
     */
    private void requireWhole(ReadState visible, List<Hanging> inRows, List<Hanging> inState) {
        BinlogCoordinates read = visible.position().coordinates();
        List<Hanging> rowsOnly = without(inRows, inState);
        if (!without(inState, inRows).isEmpty() && !visibleRowsEndAt(read, visible.recordsToSkip())) {
            throw hanging("rows can be seen whose read position cannot", read);
        }
        if (!rowsOnly.isEmpty()
                && firstEnd(rowsOnly).filter(end -> !read.isBefore(end)).isPresent()) {
            throw hanging("a read position can be seen whose rows cannot", read);
        }
        if (!inState.isEmpty() && settings.stateTopic().positionsFrom(first(inState)) > inState.size()) {
            throw hanging("later ones were committed", read);
        }
    }

    /** Those whose producers have none in the other topic. */
    private static List<Hanging> without(List<Hanging> some, List<Hanging> others) {
        return some.stream()
                .filter(one -> others.stream().noneMatch(other -> other.producerId() == one.producerId()))
                .toList();
    }

    private static long first(List<Hanging> found) {
        return found.stream().mapToLong(Hanging::from).min().orElseThrow();
    }

    /** @param inside records of a source transaction that has not ended */
    private boolean visibleRowsEndAt(BinlogCoordinates read, long inside) {
        List<Optional<BinlogCoordinates>> tail = tail();
        int last = tail.size() - 1;
        while (last >= 0 && tail.get(last).isEmpty()) {
            last--;
        }
        boolean endSeen = last < 0 || !read.isBefore(tail.get(last).orElseThrow());
        return endSeen && tail.size() - 1 - last == Math.min(inside, tail.size());
    }

    /** The last visible records: where each ends a source transaction, if it does. */
    private List<Optional<BinlogCoordinates>> tail() {
        return read(IsolationLevel.READ_COMMITTED, (begin, end) -> Math.max(begin, end - TAIL_RECORDS), Takeover::end);
    }

    /** Where the first source transaction ends that has its last record among what hangs. */
    private Optional<BinlogCoordinates> firstEnd(List<Hanging> inRows) {
        return read(IsolationLevel.READ_UNCOMMITTED, (begin, end) -> Math.max(begin, first(inRows)), Takeover::end)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private <T> List<T> read(
            IsolationLevel isolation, PartitionReader.From from, Function<ConsumerRecord<byte[], byte[]>, T> as) {
        var read = new ArrayList<T>();
        PartitionReader.read(settings.kafka(), rows, isolation, READ_MAX, from, message -> read.add(as.apply(message)));
        return read;
    }

    private static Optional<BinlogCoordinates> end(ConsumerRecord<byte[], byte[]> message) {
        Header end = message.headers().lastHeader(TopicLayout.COMMIT_HEADER);
        return Optional.ofNullable(end)
                .map(header -> BinlogCoordinates.parse(new String(header.value(), StandardCharsets.UTF_8)));
    }

    private ReplicationException hanging(String what, BinlogCoordinates read) {
        return new ReplicationException(
                ErrorCode.TRANSACTION_HANGING,
                "Kafka ended a transaction of an earlier reader in one of its topics only: " + what,
                Map.of("source", settings.source(), "topics", rows.topic() + ", " + state.topic(), "at", read),
                "Run 'kameleon init_replica --source " + settings.source() + "' for a new copy.");
    }

    private ReplicationException unreachable(KafkaException cause) {
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "Transactions of an earlier reader cannot be ended: " + cause.getMessage(),
                Map.of("source", settings.source()),
                "Check the brokers, and that this client may describe and abort transactions (ALTER on the cluster).",
                cause);
    }
}
