package io.kameleon.benchmarks.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * W2: inserts, updates and deletes (40, 40 and 20 of 100) of random rows in ten tables with two secondary indexes each,
 * one row per statement, five statements per transaction. Begins and ends with tables that are not empty: every fifth change
 * leaves a row behind.
 *
 * @param changes row changes, the closing insert of each table included
 */
public record MixedWorkload(long changes, long seed) implements Workload {
    private static final long CHANGES = 500_000;
    private static final int TABLES = 10;
    private static final int TRANSACTION_CHANGES = 5;
    private static final String SEQUENCE = "seq";
    /** What updates set: as in most applications, not the columns that are looked up by. */
    private static final List<BenchColumn> UPDATED = List.of(
            new BenchColumn("quantity", ColumnKind.INT, false),
            new BenchColumn("price", ColumnKind.DECIMAL, false),
            new BenchColumn("changed_at", ColumnKind.DATETIME, false));

    public MixedWorkload {
        if (changes < 10 * TABLES || changes % TRANSACTION_CHANGES != 0) {
            throw new IllegalArgumentException(changes + " changes");
        }
    }

    /** @param scale 1 for the half million changes that reports speak of */
    public static MixedWorkload scaled(double scale, long seed) {
        long changes = Math.round(CHANGES * scale / TRANSACTION_CHANGES) * TRANSACTION_CHANGES;
        return new MixedWorkload(Math.max(10 * TABLES, changes), seed);
    }

    @Override
    public String name() {
        return "W2";
    }

    @Override
    public String description() {
        return "40/40/20 insert/update/delete over ten indexed tables, transactions of " + TRANSACTION_CHANGES;
    }

    @Override
    public String schema() {
        return "bench_w2";
    }

    @Override
    public List<BenchTable> tables() {
        var tables = new ArrayList<BenchTable>();
        for (int i = 0; i < TABLES; i++) {
            long last = changes - TABLES + 1 + i;
            tables.add(new BenchTable("t" + i, columns(), List.of(SEQUENCE, "code"), SEQUENCE, last, changes / TABLES));
        }
        return tables;
    }

    private static List<BenchColumn> columns() {
        var columns = new ArrayList<>(List.of(
                new BenchColumn("id", ColumnKind.BIGINT, false),
                new BenchColumn(SEQUENCE, ColumnKind.BIGINT, false),
                new BenchColumn("code", ColumnKind.SHORT_TEXT, false)));
        columns.addAll(UPDATED);
        columns.add(new BenchColumn("day", ColumnKind.DATE, true));
        columns.add(new BenchColumn("note", ColumnKind.LONG_TEXT, true));
        return columns;
    }

    @Override
    public void run(Connection mysql) throws SQLException {
        var random = new SplittableRandom(seed);
        List<LiveTable> live = tables().stream().map(LiveTable::new).toList();
        try (var script = new SqlScript(mysql)) {
            for (long sequence = 1; sequence <= changes; sequence++) {
                if (sequence % TRANSACTION_CHANGES == 1) {
                    script.begin();
                }
                long closing = sequence - (changes - TABLES + 1);
                if (closing >= 0) {
                    live.get((int) closing).insert(script.text(), sequence, random);
                } else {
                    live.get(random.nextInt(TABLES)).change(script.text(), sequence, random);
                }
                if (sequence % TRANSACTION_CHANGES == 0) {
                    script.commit();
                }
            }
        }
    }

    /** The keys that a table has at the moment. */
    private static final class LiveTable {
        private final BenchTable table;
        private final List<Long> keys = new ArrayList<>();
        private long lastKey;

        LiveTable(BenchTable table) {
            this.table = table;
        }

        void change(StringBuilder sql, long sequence, SplittableRandom random) {
            int dice = random.nextInt(5);
            if (dice < 2 || keys.isEmpty()) {
                insert(sql, sequence, random);
            } else if (dice < 4) {
                update(sql, random);
            } else {
                delete(sql, random);
            }
        }

        void insert(StringBuilder sql, long sequence, SplittableRandom random) {
            lastKey++;
            keys.add(lastKey);
            sql.append("INSERT INTO ").append(table.name()).append(" VALUES ");
            table.appendRow(sql, lastKey, sequence, random);
            sql.append(';');
        }

        private void update(StringBuilder sql, SplittableRandom random) {
            long key = keys.get(random.nextInt(keys.size()));
            sql.append("UPDATE ").append(table.name()).append(" SET ");
            for (BenchColumn column : UPDATED) {
                sql.append(column == UPDATED.get(0) ? "" : ",")
                        .append(column.name())
                        .append('=');
                table.appendValue(sql, column, random);
            }
            sql.append(" WHERE id=").append(key).append(';');
        }

        private void delete(StringBuilder sql, SplittableRandom random) {
            int place = random.nextInt(keys.size());
            long key = keys.get(place);
            keys.set(place, keys.get(keys.size() - 1));
            keys.remove(keys.size() - 1);
            sql.append("DELETE FROM ")
                    .append(table.name())
                    .append(" WHERE id=")
                    .append(key)
                    .append(';');
        }
    }
}
