package io.kameleon.schemas.progress;

import io.kameleon.schemas.record.Side;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Map;

/**
 * What one side has done for a source since its process began, and where it stands.
 *
 * @param phase          STARTING, WORKING, WAITING or STOPPED
 * @param sourceMillis   commit time on the source of the last transaction; 0 before the first
 * @param workedAtMillis when the last batch ended; 0 before the first
 * @param nextOffset     REPLAY: the first offset that is not applied; -1 when unknown
 * @param batchMillis    REPLAY: time in which PostgreSQL was at work
 * @param lagCounts      per bucket of {@link LagBuckets}
 * @param batchTimeCounts REPLAY: batches by PostgreSQL's time, per bucket of {@link LagBuckets}
 * @param polledAtMillis REPLAY: when Kafka was last asked; 0 before
 * @param errors         per code
 * @param allTables      the sum over all tables, counted one by one or not
 * @param tables         at most {@value ProgressMeter#TABLES_MAX}
 */
public record ProgressTotals(
        String source,
        Side side,
        String phase,
        String file,
        long position,
        long sourceMillis,
        long workedAtMillis,
        long nextOffset,
        long rows,
        long transactions,
        long batches,
        long batchMillis,
        long schemaChanges,
        long waits,
        List<Long> lagCounts,
        List<Long> batchTimeCounts,
        long polledAtMillis,
        Map<String, Long> errors,
        TableTally allTables,
        Map<Measure.Series, Long> measures,
        Map<TableId, TableTally> tables) {
    public ProgressTotals {
        lagCounts = List.copyOf(lagCounts);
        batchTimeCounts = List.copyOf(batchTimeCounts);
        measures = Map.copyOf(measures);
        errors = Map.copyOf(errors);
        tables = Map.copyOf(tables);
    }
}
