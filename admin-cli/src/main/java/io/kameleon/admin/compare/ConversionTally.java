package io.kameleon.admin.compare;

/**
 * What the replication changes on purpose, as seen on the source: values with NUL characters (F57) and dates that the calendar does
 * not have (F53). One thread at a time.
 */
final class ConversionTally {
    private long nulValues;
    private long zeroDates;

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
