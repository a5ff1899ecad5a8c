package io.kameleon.schemas.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Transactions that are open in a partition although Kafka's coordinator has ended them: it never wrote their marks there.
 *
 * <p>Kafka 4.1 to 4.3 leave such behind when brokers start after a crash: a coordinator that meets a partition without a leader
 * takes it for deleted and does without the mark (its {@code TransactionMarkerChannelManager}, with an empty answer of {@code
 * KRaftMetadataCache.getPartitionLeaderEndpoint}). Who reads committed records sees nothing of what follows, until the same producer
 * commits again: then what had hung becomes visible with it. So whoever takes over a transactional id ends them first.
 *
 * <p>Methods throw Kafka's own exceptions. One thread only.
 */
public final class HangingTransactions implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final Admin admin;
    private final List<String> transactionalIds;

    /** @param from offset of its first record */
    public record Hanging(
            TopicPartition partition, long producerId, int producerEpoch, int coordinatorEpoch, long from) {}

    private HangingTransactions(Admin admin, List<String> transactionalIds) {
        this.admin = admin;
        this.transactionalIds = transactionalIds;
    }

    /** @param transactionalIds of all who write to the partitions, taken over by the caller */
    public static HangingTransactions of(Map<String, ?> kafka, List<String> transactionalIds) {
        return new HangingTransactions(Admin.create(new HashMap<>(kafka)), transactionalIds);
    }

    /**
     * Waits for transactions that somebody has under way.
     *
     * @throws TimeoutException when one of those goes on for 30 seconds
     */
    public List<Hanging> find(TopicPartition partition) {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (isAnyOpen(partition)) {
            List<Hanging> open = open(partition);
            Set<Long> live = live();
            if (!open.isEmpty() && open.stream().noneMatch(found -> live.contains(found.producerId()))) {
                return open;
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("transactions in " + partition + " do not end");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return List.of();
    }

    /** Takes back what hangs in the partition. @return what did */
    public List<Hanging> abortAll(TopicPartition partition) {
        List<Hanging> found = find(partition);
        for (List<Hanging> left = found; !left.isEmpty(); left = find(partition)) {
            left.forEach(this::abort);
        }
        return found;
    }

    private void abort(Hanging found) {
        var spec = new AbortTransactionSpec(
                found.partition(), found.producerId(), (short) found.producerEpoch(), found.coordinatorEpoch());
        try {
            BrokerAnswer.await(admin.abortTransaction(spec).all(), WAIT_MAX);
        } catch (InvalidProducerEpochException | TransactionCoordinatorFencedException e) {
            return; // ended by somebody else meanwhile; who looks again sees it
        }
    }

    private boolean isAnyOpen(TopicPartition partition) {
        long written = end(partition, IsolationLevel.READ_UNCOMMITTED);
        return end(partition, IsolationLevel.READ_COMMITTED) < written;
    }

    private long end(TopicPartition partition, IsolationLevel isolation) {
        var asked = admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation));
        return BrokerAnswer.await(asked.partitionResult(partition), WAIT_MAX).offset();
    }

    private List<Hanging> open(TopicPartition partition) {
        var asked = admin.describeProducers(List.of(partition)).partitionResult(partition);
        return BrokerAnswer.await(asked, WAIT_MAX).activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .map(producer -> hanging(partition, producer))
                .toList();
    }

    private static Hanging hanging(TopicPartition partition, ProducerState producer) {
        return new Hanging(
                partition,
                producer.producerId(),
                producer.producerEpoch(),
                Math.max(0, producer.coordinatorEpoch().orElse(0)),
                producer.currentTransactionStartOffset().orElseThrow());
    }

    /** Producers whose transaction is under way, or whose marks are being written. */
    private Set<Long> live() {
        var live = new HashSet<Long>();
        var asked = admin.describeTransactions(transactionalIds);
        for (String id : transactionalIds) {
            try {
                TransactionDescription known = BrokerAnswer.await(asked.description(id), WAIT_MAX);
                switch (known.state()) {
                    case EMPTY, COMPLETE_ABORT, COMPLETE_COMMIT -> {
                        // its marks are written, as far as the coordinator knows
                    }
                    default -> live.add(known.producerId());
                }
            } catch (TransactionalIdNotFoundException e) {
                continue; // never used
            }
        }
        return live;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
