package io.kameleon.admin.monitor.stats;

import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.Side;
import io.kameleon.schemas.record.TableCountRecord;

/**
 * One table, folded from its source's progress records: row images read and applied.
 *
 * @param readMillis    when something of it was last read
 * @param appliedMillis when something of it was last applied
 */
public record TableStats(
        String source,
        String schema,
        String table,
        long read,
        long inserts,
        long updates,
        long deletes,
        long missing,
        long discarded,
        long readMillis,
        long appliedMillis) {
    static TableStats none(String source, String schema, String table) {
        return new TableStats(source, schema, table, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    TableStats plus(ProgressRecord told, TableCountRecord count) {
        if (told.getSide() == Side.READ) {
            long rows = count.getInserts() + count.getUpdates() + count.getDeletes();
            return new TableStats(
                    source,
                    schema,
                    table,
                    read + rows,
                    inserts,
                    updates,
                    deletes,
                    missing,
                    discarded,
                    told.getTsMs(),
                    appliedMillis);
        }
        return new TableStats(
                source,
                schema,
                table,
                read,
                inserts + count.getInserts(),
                updates + count.getUpdates(),
                deletes + count.getDeletes(),
                missing + count.getMissing(),
                discarded + count.getDiscarded(),
                readMillis,
                told.getTsMs());
    }
}
