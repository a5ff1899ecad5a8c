package io.kameleon.admin.runtime;

import io.kameleon.catalogue.store.ReplayPosition;
import java.util.Optional;

/** How many records of its topic replay has not applied yet, marks of Kafka transactions included. */
final class ConsumerLag {
    private ConsumerLag() {}

    /**
     * @param position  as the catalogue has it; empty before the source was initialised
     * @param endOffset behind the topic's last committed record; empty when Kafka cannot be reached
     * @return empty when one of the two is not known
     */
    static Optional<Long> records(Optional<ReplayPosition> position, Optional<Long> endOffset) {
        return position.flatMap(at -> endOffset.map(end -> Math.max(0, end - at.nextOffset())));
    }
}
