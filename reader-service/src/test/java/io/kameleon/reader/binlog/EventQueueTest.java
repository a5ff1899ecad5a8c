package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventQueue queue = new EventQueue(100);

    @Test
    void eventsComeInOrderThroughABoundedQueue() throws Exception {
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= 10_000; i++) {
                queue.put(event(i, 30));
            }
        });

        for (int i = 1; i <= 10_000; i++) {
            assertThat(queue.poll(PATIENCE).nextPosition()).isEqualTo(i);
        }
        producer.get(30, TimeUnit.SECONDS);
        assertThat(queue.poll(Duration.ZERO)).isNull();
    }

    @Test
    void eventLargerThanTheBoundPassesAlone() throws Exception {
        queue.put(event(1, 1_000));
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> queue.put(event(2, 1)));

        assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(queue.poll(PATIENCE).nextPosition()).isEqualTo(1);
        assertThat(queue.poll(PATIENCE).nextPosition()).isEqualTo(2);
    }

    @Test
    void failureComesAfterWhatArrivedBeforeIt() throws Exception {
        var first = new ReplicationException(ErrorCode.SOURCE_UNREACHABLE, "gone", Map.of(), "Wait.");
        queue.put(event(1, 1));
        queue.fail(first);
        queue.fail(new ReplicationException(ErrorCode.BINLOG_CORRUPT, "later", Map.of(), "Wait."));

        assertThat(queue.poll(Duration.ZERO).nextPosition()).isEqualTo(1);
        assertThatThrownBy(() -> queue.poll(PATIENCE)).isSameAs(first);
        assertThatThrownBy(() -> queue.poll(Duration.ZERO)).isSameAs(first);
    }

    @Test
    void closingReleasesAWaitingProducer() throws Exception {
        queue.put(event(1, 90));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> queue.put(event(2, 90)));
        queue.close();

        waiting.get(30, TimeUnit.SECONDS);
        assertThat(queue.poll(Duration.ZERO)).isNull();
    }

    private static BinlogEvent event(long number, long length) {
        return new BinlogEvent(BinlogEventType.XID, 16, 0, 1, length, number, new byte[0]);
    }
}
