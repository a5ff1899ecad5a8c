package io.kameleon.schemas.wire;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Waits for what Kafka's clients answer by a future. */
public final class BrokerAnswer {
    private BrokerAnswer() {}

    /**
     * @throws KafkaException the operation's own ({@code TopicExistsException}, ...), {@link TimeoutException} when it took too long, or
     *     {@link InterruptException}, which keeps the thread's mark
     */
    public static <T> T await(Future<T> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException own ? own : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no answer in " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
