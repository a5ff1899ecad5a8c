package io.kameleon.replay.apply;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one flush did.
 *
 * @param tables per target, in the order of their first row; failed tables are left out
 */
public record FlushResult(Map<TableTarget, TableCounts> tables) {
    public FlushResult {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** Row images applied, before they were collapsed. */
    public long rows() {
        return tables.values().stream().mapToLong(TableCounts::rows).sum();
    }
}
