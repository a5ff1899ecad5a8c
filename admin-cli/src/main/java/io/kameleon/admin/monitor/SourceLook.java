package io.kameleon.admin.monitor;

import io.kameleon.admin.lag.SourceLag;
import io.kameleon.admin.runtime.SourceStatus;
import io.kameleon.catalogue.store.CopyRange;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.Resync;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A source at one moment, as page, metrics and alarms show it.
 *
 * @param ranges of the initial copy, while one is under way
 */
record SourceLook(Instant at, SourceStatus status, SourceLag lag, List<CopyRange> ranges) {
    SourceLook {
        ranges = List.copyOf(ranges);
    }

    String source() {
        return lag.source();
    }

    /** Rows that the copies under way have copied. */
    long copyRows() {
        return ranges.stream().mapToLong(CopyRange::rows).sum()
                + underWay().stream().mapToLong(Resync::rowsCopied).sum();
    }

    /** About how many rows they have in all; 0 when not known. */
    long copyRowsEstimated() {
        return underWay().stream().mapToLong(Resync::rowsEstimated).sum();
    }

    long ranges(CopyRange.State state) {
        return ranges.stream().filter(range -> range.state() == state).count();
    }

    private List<Resync> underWay() {
        return status.resyncs().stream().filter(r -> !r.phase().isOver()).toList();
    }

    Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>(status.toMap());
        map.put("looked_at", at.toString());
        map.put("lag", lag.toMap());
        map.put("roles", status.leases().stream().map(SourceLook::role).toList());
        map.put("copy", copy());
        map.put("table_list", status.tables().stream().map(SourceLook::table).toList());
        return map;
    }

    private static Map<String, Object> role(Lease lease) {
        return Map.of(
                "role",
                lease.role().name().toLowerCase(Locale.ROOT),
                "host",
                lease.owner().host(),
                "pid",
                lease.owner().pid());
    }

    private Map<String, Object> copy() {
        var resyncs = new ArrayList<Map<String, Object>>();
        for (Resync resync : underWay()) {
            resyncs.add(Map.of(
                    "table", resync.table().toString(),
                    "phase", resync.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    "rows", resync.rowsCopied(),
                    "rows_estimated", resync.rowsEstimated()));
        }
        return Map.of(
                "ranges_copied", ranges(CopyRange.State.COPIED),
                "ranges_pending", ranges(CopyRange.State.PENDING),
                "rows", copyRows(),
                "tables", resyncs);
    }

    private static Map<String, Object> table(ReplicaTable table) {
        var map = new LinkedHashMap<String, Object>();
        map.put("table", table.id().toString());
        map.put("destination", table.destinationSchema() + "." + table.destinationTable());
        map.put("state", table.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        map.put("reason", table.reason().map(ReplicaTable.Reason::text).orElse(null));
        map.put("copied", table.rowsCopied());
        map.put("inserts", table.counts().inserts());
        map.put("updates", table.counts().updates());
        map.put("deletes", table.counts().deletes());
        map.put("missing", table.counts().missingRows());
        map.put("discarded", table.counts().discardedRows());
        return map;
    }
}
