package io.kameleon.replay.row;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many values did not arrive as they were, by reason, since {@link #take}. Thread-safe.
 *
 * <p>NULs are counted where values are encoded, zero dates where they are found: in the reader, which alone can tell them all from
 * NULL.
 */
public final class ConversionCounts {
    private final LongAdder zeroDates = new LongAdder();
    private final LongAdder nulValues = new LongAdder();

    /** What was counted. */
    public record Totals(long zeroDates, long nulValues) {
        public boolean isZero() {
            return zeroDates == 0 && nulValues == 0;
        }

        public Totals plus(Totals other) {
            return new Totals(zeroDates + other.zeroDates, nulValues + other.nulValues);
        }
    }

    /** Zero, partial and impossible dates, whatever became of them (F53). */
    public void addZeroDates(long count) {
        zeroDates.add(count);
    }

    /** A value (not a character) from which NUL was stripped or in which it was replaced (F57). */
    void nulValue() {
        nulValues.increment();
    }

    public void add(Totals totals) {
        zeroDates.add(totals.zeroDates());
        nulValues.add(totals.nulValues());
    }

    /** Gives what was counted, and begins at zero again. */
    public Totals take() {
        return new Totals(zeroDates.sumThenReset(), nulValues.sumThenReset());
    }
}
