package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.TableFacts;

/**
 * How large a range may be: the smaller of the two limits counts.
 *
 * @param rows  at least 1
 * @param bytes by the server's average row length, so only roughly kept; at least 1
 */
public record RangeSize(long rows, long bytes) {
    public static final RangeSize DEFAULT = new RangeSize(250_000, 256L << 20);

    /** Bounds what describes a table's ranges (F34): a larger table gets larger ranges. */
    static final int RANGES_MAX = 10_000;

    /** A range below this costs more in round trips than it spreads work. */
    private static final long ROWS_MIN = 100;

    public RangeSize {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("a range of " + rows + " rows or " + bytes + " bytes holds nothing");
        }
    }

    /** Rows per range for a table, at least 1. */
    long rowsFor(TableFacts table) {
        long byBytes = table.bytesPerRow() > 0 ? Math.max(ROWS_MIN, bytes / table.bytesPerRow()) : rows;
        return Math.max(Math.min(rows, byBytes), table.rowsEstimated() / RANGES_MAX);
    }
}
