package io.kameleon.admin.compare;

import io.kameleon.admin.compare.CollectedRows.Row;
import io.kameleon.admin.compare.Difference.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From the rows of the same keys on both sides to differences: equal rows cancel out, as often as both sides have them. */
final class RowMatching {
    private final TablePlan plan;
    private final int listedMax;
    private final List<Difference> listed = new ArrayList<>();
    private long total;

    RowMatching(TablePlan plan, int listedMax) {
        this.plan = plan;
        this.listedMax = listedMax;
    }

    Differences match(CollectedRows source, CollectedRows destination) {
        Set<Hash128> keys = new LinkedHashSet<>(source.byKey().keySet());
        keys.addAll(destination.byKey().keySet());
        for (Hash128 key : keys) {
            matchKey(
                    source.byKey().getOrDefault(key, Map.of()),
                    destination.byKey().getOrDefault(key, Map.of()));
        }
        return new Differences(listed, total, 0, 0);
    }

    private void matchKey(Map<Hash128, Row> source, Map<Hash128, Row> destination) {
        source.forEach((hash, row) -> cancel(row, destination.get(hash)));
        Iterator<Row> missing = remaining(source);
        Iterator<Row> extra = remaining(destination);
        while (missing.hasNext() && extra.hasNext()) {
            pair(missing.next(), extra.next());
        }
        missing.forEachRemaining(row -> add(Kind.MISSING, row, List.of(), row.count));
        extra.forEachRemaining(row -> add(Kind.EXTRA, row, List.of(), row.count));
    }

    private static void cancel(Row row, Row same) {
        if (same != null) {
            long equal = Math.min(row.count, same.count);
            row.count -= equal;
            same.count -= equal;
        }
    }

    private static Iterator<Row> remaining(Map<Hash128, Row> rows) {
        return rows.values().stream().filter(row -> row.count > 0).iterator();
    }

    private void pair(Row source, Row destination) {
        long pairs = Math.min(source.count, destination.count);
        add(Kind.DIFFERENT, source, differing(source, destination), pairs);
        add(Kind.MISSING, source, List.of(), source.count - pairs);
        add(Kind.EXTRA, destination, List.of(), destination.count - pairs);
    }

    private List<String> differing(Row source, Row destination) {
        var names = new ArrayList<String>();
        for (int i = 0; i < source.columns.length; i++) {
            if (source.columns[i] != destination.columns[i]) {
                names.add(plan.columns().get(i).name());
            }
        }
        return names;
    }

    private void add(Kind kind, Row row, List<String> columns, long count) {
        total += count;
        for (long i = 0; i < count && listed.size() < listedMax; i++) {
            listed.add(new Difference(kind, row.key, columns));
        }
    }
}
