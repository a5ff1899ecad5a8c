package io.kameleon.benchmarks.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * W1: inserts into a table of 4 columns and one of 20, in turn; a transaction holds one statement for each of the two.
 *
 * @param changes         rows of both tables together
 * @param transactionRows rows of one transaction
 */
public record InsertWorkload(long changes, int transactionRows, long seed) implements Workload {
    public static final String NARROW = "narrow";
    public static final String WIDE = "wide";

    private static final long ROWS = 1_000_000;
    private static final int TRANSACTION_ROWS = 100;
    /** One statement's rows: a larger transaction has several statements. */
    private static final int STATEMENT_ROWS_MAX = 1000;

    public InsertWorkload {
        if (transactionRows < 2 || changes < transactionRows) {
            throw new IllegalArgumentException(changes + " rows in transactions of " + transactionRows);
        }
    }

    /** @param scale 1 for the million rows that reports speak of */
    public static InsertWorkload scaled(double scale, long seed) {
        long rows = Math.max(TRANSACTION_ROWS, Math.round(ROWS * scale / TRANSACTION_ROWS) * TRANSACTION_ROWS);
        return new InsertWorkload(rows, TRANSACTION_ROWS, seed);
    }

    @Override
    public String name() {
        return "W1";
    }

    @Override
    public String description() {
        return "inserts into two tables (4 and 20 columns), transactions of " + transactionRows;
    }

    @Override
    public String schema() {
        return "bench_w1";
    }

    @Override
    public List<BenchTable> tables() {
        return List.of(narrow(changes / 2), wide(changes - changes / 2));
    }

    static BenchTable narrow(long rows) {
        List<BenchColumn> columns = List.of(
                new BenchColumn("id", ColumnKind.BIGINT, false),
                new BenchColumn("customer", ColumnKind.INT, false),
                new BenchColumn("amount", ColumnKind.DECIMAL, false),
                new BenchColumn("note", ColumnKind.SHORT_TEXT, true));
        return new BenchTable(NARROW, columns, List.of("customer"), "id", rows, rows);
    }

    static BenchTable wide(long rows) {
        var columns = new ArrayList<BenchColumn>();
        columns.add(new BenchColumn("id", ColumnKind.BIGINT, false));
        List<ColumnKind> kinds = List.of(
                ColumnKind.INT,
                ColumnKind.BIGINT,
                ColumnKind.SMALLINT,
                ColumnKind.DECIMAL,
                ColumnKind.DOUBLE,
                ColumnKind.DATETIME,
                ColumnKind.DATE,
                ColumnKind.SHORT_TEXT,
                ColumnKind.CHAR);
        for (int i = 1; i < 20; i++) {
            columns.add(new BenchColumn("c" + i, kinds.get((i - 1) % kinds.size()), i % 3 == 0));
        }
        return new BenchTable(WIDE, columns, List.of("c1"), "id", rows, rows);
    }

    @Override
    public void run(Connection mysql) throws SQLException {
        var random = new SplittableRandom(seed);
        List<BenchTable> tables = tables();
        long[] keys = new long[tables.size()];
        try (var script = new SqlScript(mysql)) {
            for (long done = 0; done < changes; done += transactionRows) {
                long rows = Math.min(transactionRows, changes - done);
                script.begin();
                for (int i = 0; i < keys.length; i++) {
                    long end = Math.min(tables.get(i).changes(), keys[i] + (rows + 1 - i) / keys.length);
                    insert(script, tables.get(i), keys[i], end, random);
                    keys[i] = end;
                }
                script.commit();
            }
        }
    }

    private static void insert(SqlScript script, BenchTable table, long from, long to, SplittableRandom random)
            throws SQLException {
        for (long start = from; start < to; start += STATEMENT_ROWS_MAX) {
            StringBuilder sql = script.text();
            sql.append("INSERT INTO ").append(table.name()).append(" VALUES ");
            long end = Math.min(to, start + STATEMENT_ROWS_MAX);
            for (long key = start + 1; key <= end; key++) {
                table.appendRow(sql, key, key, random);
                sql.append(key < end ? ',' : ';');
            }
            script.flushWhenFull();
        }
    }
}
