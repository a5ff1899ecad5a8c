package io.kameleon.admin.monitor.stats;

import java.util.ArrayList;
import java.util.List;

/** Bucket counts of lags. */
final class Counts {
    private Counts() {}

    /** The shorter one's missing buckets count as 0. */
    static List<Long> sum(List<Long> a, List<Long> b) {
        if (b.isEmpty()) {
            return a;
        }
        var sum = new ArrayList<Long>(Math.max(a.size(), b.size()));
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            sum.add((i < a.size() ? a.get(i) : 0) + (i < b.size() ? b.get(i) : 0));
        }
        return List.copyOf(sum);
    }
}
