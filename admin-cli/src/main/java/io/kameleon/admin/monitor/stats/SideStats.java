package io.kameleon.admin.monitor.stats;

import io.kameleon.schemas.record.ProgressRecord;
import java.util.List;

/**
 * What one side has told of a source so far: counts since the topic's beginning, and where it stands.
 *
 * @param toldMillis   when its last record was written; 0 when none came
 * @param sourceMillis commit time on the source of its last transaction; 0 when none came
 */
public record SideStats(
        String instance,
        String phase,
        long toldMillis,
        long sourceMillis,
        String file,
        long position,
        long nextOffset,
        long rows,
        long transactions,
        long batches,
        long batchMillis,
        long schemaChanges,
        long errors,
        List<Long> lagCounts) {
    static final SideStats NONE = new SideStats("", "", 0, 0, "", 0, -1, 0, 0, 0, 0, 0, 0, List.of());

    public SideStats {
        lagCounts = lagCounts == null ? List.of() : List.copyOf(lagCounts);
    }

    SideStats plus(ProgressRecord told) {
        return new SideStats(
                told.getInstance(),
                told.getPhase(),
                told.getTsMs(),
                told.getSourceTsMs() == null ? sourceMillis : told.getSourceTsMs(),
                told.getFile(),
                told.getPos(),
                told.getNextOffset(),
                rows + told.getRows(),
                transactions + told.getTransactions(),
                batches + told.getBatches(),
                batchMillis + told.getBatchMillis(),
                schemaChanges + told.getSchemaChanges(),
                errors + told.getErrors(),
                Counts.sum(lagCounts, told.getLagCounts()));
    }
}
