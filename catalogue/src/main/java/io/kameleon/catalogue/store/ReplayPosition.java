package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.position.BinlogCoordinates;
import java.time.Instant;
import java.util.Optional;

/**
 * Where replay of one source resumes, and what it has done up to there.
 *
 * @param topicId           Kafka's id of the topic, so that a topic deleted and made again is told from the old one
 * @param nextOffset        the first Kafka offset that is not applied yet
 * @param coordinates       after the last applied transaction; empty before the first
 * @param gtidSet           up to the last applied transaction; empty when the server keeps none
 * @param sourceCommittedAt commit of the last applied transaction, by the source's clock
 * @param appliedAt         when this position was written, by the destination's clock
 * @param rows              applied since the position was started, as are transactions and schemaChanges
 */
public record ReplayPosition(
        String source,
        String topic,
        String topicId,
        long nextOffset,
        Optional<BinlogCoordinates> coordinates,
        String gtidSet,
        Optional<Instant> sourceCommittedAt,
        Instant appliedAt,
        long rows,
        long transactions,
        long schemaChanges) {
    public ReplayPosition {
        requireNonNull(source, "source");
        requireNonNull(topic, "topic");
        requireNonNull(topicId, "topicId");
        if (nextOffset < 0) {
            throw new IllegalArgumentException("next offset " + nextOffset + " is negative");
        }
        requireNonNull(coordinates, "coordinates");
        requireNonNull(gtidSet, "gtidSet");
        requireNonNull(sourceCommittedAt, "sourceCommittedAt");
        requireNonNull(appliedAt, "appliedAt");
    }

    /** This position after {@code batch}; {@code appliedAt} is set by the database when it is written. */
    public ReplayPosition after(Batch batch) {
        return new ReplayPosition(
                source,
                topic,
                topicId,
                batch.nextOffset,
                batch.coordinates.or(this::coordinates),
                batch.gtidSet.isEmpty() ? gtidSet : batch.gtidSet,
                batch.sourceCommittedAt.or(this::sourceCommittedAt),
                appliedAt,
                rows + batch.rows,
                transactions + batch.transactions,
                schemaChanges + batch.schemaChanges);
    }

    /**
     * What a batch adds.
     *
     * @param coordinates       empty leaves them as they are, as does an empty gtidSet or sourceCommittedAt
     */
    public record Batch(
            long nextOffset,
            Optional<BinlogCoordinates> coordinates,
            String gtidSet,
            Optional<Instant> sourceCommittedAt,
            long rows,
            long transactions,
            long schemaChanges) {
        public Batch {
            requireNonNull(coordinates, "coordinates");
            requireNonNull(gtidSet, "gtidSet");
            requireNonNull(sourceCommittedAt, "sourceCommittedAt");
        }
    }
}
