package io.kameleon.admin.compare;

import io.kameleon.schemas.table.TableId;

/** Counts the rows of both sides and tells the caller now and then. Thread-safe. */
final class RowProgress {
    private static final int ROWS_BETWEEN = 10_000;

    private final CompareProgress progress;
    private final TableId table;
    private final long rowsEstimated;
    private long sourceRows;
    private long destinationRows;

    RowProgress(CompareProgress progress, TableId table, long rowsEstimated) {
        this.progress = progress;
        this.table = table;
        this.rowsEstimated = rowsEstimated;
    }

    /** One side's own counter, for one thread. */
    final class SideCounter {
        private final boolean source;
        private int pending;

        private SideCounter(boolean source) {
            this.source = source;
        }

        void row() {
            if (++pending == ROWS_BETWEEN) {
                flush();
            }
        }

        void flush() {
            report(source ? pending : 0, source ? 0 : pending);
            pending = 0;
        }
    }

    SideCounter source() {
        return new SideCounter(true);
    }

    SideCounter destination() {
        return new SideCounter(false);
    }

    private synchronized void report(int moreSource, int moreDestination) {
        sourceRows += moreSource;
        destinationRows += moreDestination;
        progress.rows(table, sourceRows, destinationRows, rowsEstimated);
    }
}
