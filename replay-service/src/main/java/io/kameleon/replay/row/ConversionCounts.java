package io.kameleon.replay.row;

import java.util.concurrent.atomic.LongAdder;

/** How many values did not arrive as they were, by reason. Thread-safe: several tables may share one. */
public final class ConversionCounts {
    private final LongAdder zeroDates = new LongAdder();
    private final LongAdder nulValues = new LongAdder();

    /** Zero or partial dates of NOT NULL columns that became {@code -infinity} (F53). */
    public long zeroDates() {
        return zeroDates.sum();
    }

    /** Values (not characters) from which NUL was stripped or in which it was replaced (F57). */
    public long nulValues() {
        return nulValues.sum();
    }

    void zeroDate() {
        zeroDates.increment();
    }

    void nulValue() {
        nulValues.increment();
    }
}
