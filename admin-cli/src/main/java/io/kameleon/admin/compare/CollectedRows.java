package io.kameleon.admin.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** One side's rows of the keys that somebody wants to see, each distinct row once with its number. One thread at a time. */
final class CollectedRows implements TableSide.RowVisitor {
    private final TablePlan plan;
    private final Predicate<Hash128> wanted;
    private final int distinctRowsMax;
    private final RowHash hash = new RowHash();
    private final Map<Hash128, Map<Hash128, Row>> byKey = new LinkedHashMap<>();
    private int distinctRows;

    /**
     * @param wanted          asked for the hash of each row's key
     * @param distinctRowsMax what is above is not kept: {@link #isFull} tells
     */
    CollectedRows(TablePlan plan, Predicate<Hash128> wanted, int distinctRowsMax) {
        this.plan = plan;
        this.wanted = wanted;
        this.distinctRowsMax = distinctRowsMax;
    }

    /** A distinct row; {@code columns} has a hash per compared column. */
    static final class Row {
        final RowKey key;
        final long[] columns;
        long count;

        Row(RowKey key, long[] columns) {
            this.key = key;
            this.columns = columns;
        }
    }

    @Override
    public void row(String[] values) {
        if (isFull()) {
            return;
        }
        Hash128 keyHash = plan.keyHash(values, hash);
        if (!wanted.test(keyHash)) {
            return;
        }
        Map<Hash128, Row> rows = byKey.computeIfAbsent(keyHash, k -> new LinkedHashMap<>(2));
        Hash128 rowHash = plan.rowHash(values, hash);
        Row row = rows.get(rowHash);
        if (row == null) {
            if (++distinctRows > distinctRowsMax) {
                return;
            }
            row = new Row(plan.key(keyHash, values), columnHashes(values));
            rows.put(rowHash, row);
        }
        row.count++;
    }

    private long[] columnHashes(String[] values) {
        var hashes = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            hashes[i] = hash.add(values[i]).finish().low();
        }
        return hashes;
    }

    boolean isFull() {
        return distinctRows > distinctRowsMax;
    }

    /** By the hash of the key, then by the hash of the row. */
    Map<Hash128, Map<Hash128, Row>> byKey() {
        return byKey;
    }
}
