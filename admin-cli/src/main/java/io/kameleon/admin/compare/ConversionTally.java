package io.kameleon.admin.compare;

import io.kameleon.replay.row.ValuePolicy;

/**
 * What the replication changes on purpose, as seen on the source: values with NUL characters (F57) and dates that the calendar does
 * not have (F53). One thread at a time.
 */
final class ConversionTally {
    private final ValuePolicy policy;
    private long nulValues;
    private long zeroDates;

    ConversionTally(ValuePolicy policy) {
        this.policy = policy;
    }

    /** What the replication does with such values. */
    ValuePolicy policy() {
        return policy;
    }

    void nulValue() {
        nulValues++;
    }

    void zeroDate() {
        zeroDates++;
    }

    long nulValues() {
        return nulValues;
    }

    long zeroDates() {
        return zeroDates;
    }

    void clear() {
        nulValues = 0;
        zeroDates = 0;
    }
}
