package io.kameleon.admin.monitor.stats;

import java.util.List;

/** All that the stores know of a source. @param minutes the oldest first */
public record SourceView(SourceStats stats, List<TableStats> tables, List<MinuteStats> minutes) {
    public SourceView {
        tables = List.copyOf(tables);
        minutes = List.copyOf(minutes);
    }

    /** Transactions by the time from their commit to PostgreSQL, of all these minutes. */
    public static List<Long> lagCounts(List<MinuteStats> minutes) {
        return minutes.stream().map(MinuteStats::lagCounts).reduce(List.of(), Counts::sum);
    }
}
