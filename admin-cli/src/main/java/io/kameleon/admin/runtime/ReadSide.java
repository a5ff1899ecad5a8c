package io.kameleon.admin.runtime;

import io.kameleon.reader.publish.ReadState;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Optional;

/**
 * What Kafka knows of a source, seen from outside the reader.
 *
 * @param endOffset behind the last committed record of the rows' topic
 */
public record ReadSide(Optional<ReadState> state, Optional<Long> endOffset) {
    static final ReadSide UNKNOWN = new ReadSide(Optional.empty(), Optional.empty());

    /** Empty fields when no broker can be reached: a status is shown all the same. */
    static ReadSide of(Installation installation, String source) {
        try {
            Optional<KafkaAccess> running = KafkaAccess.running(installation.config(), source);
            if (running.isEmpty()) {
                return UNKNOWN;
            }
            try (KafkaAccess kafka = running.get()) {
                return of(kafka, new SourceSettings(installation.config(), installation.source(source)));
            }
        } catch (ReplicationException e) {
            return UNKNOWN;
        }
    }

    /** @throws ReplicationException BROKER_UNREACHABLE */
    public static ReadSide of(KafkaAccess kafka, SourceSettings settings) {
        Optional<ReadState> state = settings.reader(kafka).stateTopic().loadPosition();
        if (state.isEmpty()) {
            return new ReadSide(state, Optional.empty());
        }
        String topic = settings.topics().rows(settings.source().name());
        return new ReadSide(state, Optional.of(TopicEnd.committed(kafka.properties(), topic)));
    }
}
