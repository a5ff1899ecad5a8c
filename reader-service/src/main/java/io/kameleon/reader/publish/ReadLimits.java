package io.kameleon.reader.publish;

import java.time.Duration;

/**
 * How much goes into one Kafka transaction.
 *
 * @param batchRecordsMax records, {@code replica_batch_size}; a larger source transaction is not cut at it
 * @param flushInterval   age at which a transaction is committed under constant load
 */
public record ReadLimits(int batchRecordsMax, Duration flushInterval) {
    public ReadLimits {
        if (batchRecordsMax < 1) {
            throw new IllegalArgumentException("batchRecordsMax " + batchRecordsMax + " is not positive");
        }
    }
}
