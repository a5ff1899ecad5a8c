package io.kameleon.admin.monitor.stats;

import io.kameleon.schemas.progress.LagBuckets;
import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.Side;
import java.util.List;

/**
 * One minute of a source.
 *
 * @param minuteMillis its beginning
 * @param lagCounts    transactions applied in it by the time from their commit, per bucket of {@link LagBuckets}
 */
public record MinuteStats(
        long minuteMillis, long readRows, long appliedRows, long transactions, long errors, List<Long> lagCounts) {
    static final long MILLIS = 60_000;

    public MinuteStats {
        lagCounts = lagCounts == null ? List.of() : List.copyOf(lagCounts);
    }

    static MinuteStats none(long minuteMillis) {
        return new MinuteStats(minuteMillis, 0, 0, 0, 0, List.of());
    }

    MinuteStats plus(ProgressRecord told) {
        if (told.getSide() == Side.READ) {
            return new MinuteStats(
                    minuteMillis,
                    readRows + told.getRows(),
                    appliedRows,
                    transactions,
                    errors + told.getErrors(),
                    lagCounts);
        }
        return new MinuteStats(
                minuteMillis,
                readRows,
                appliedRows + told.getRows(),
                transactions + told.getTransactions(),
                errors + told.getErrors(),
                Counts.sum(lagCounts, told.getLagCounts()));
    }

    /** The time within which a part of the minute's transactions had arrived, in seconds; NaN when there were none. */
    public double lagSeconds(double part) {
        return LagBuckets.quantileSeconds(lagCounts, part);
    }
}
