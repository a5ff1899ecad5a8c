package io.kameleon.benchmarks.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Inserts whose shape is free: one of its numbers is varied in a growth run while the others stay. Rows go to the tables in turn,
 * ten per statement at most.
 *
 * @param name            for options and reports
 * @param changes         rows of all tables, at least one for each
 * @param tableCount      tables of the same shape
 * @param columnCount     of each table, at least 2
 * @param transactionRows rows of one transaction
 */
public record GrowthWorkload(String name, long changes, int tableCount, int columnCount, int transactionRows, long seed)
        implements Workload {
    private static final int STATEMENT_ROWS = 10;

    public GrowthWorkload {
        if (tableCount < 1 || columnCount < 2 || transactionRows < 1 || changes < tableCount) {
            throw new IllegalArgumentException(
                    changes + " rows, " + tableCount + " tables, " + columnCount + " columns, " + transactionRows);
        }
    }

    @Override
    public String description() {
        return "%d tables of %d columns, transactions of %d".formatted(tableCount, columnCount, transactionRows);
    }

    @Override
    public String schema() {
        return "bench_growth";
    }

    @Override
    public List<BenchTable> tables() {
        var tables = new ArrayList<BenchTable>(tableCount);
        for (int i = 0; i < tableCount; i++) {
            tables.add(table(i));
        }
        return tables;
    }

    /** The first one and the last one: rows arrive in order. */
    @Override
    public List<BenchTable> progressTables() {
        return tableCount == 1 ? tables() : List.of(table(0), table(tableCount - 1));
    }

    private BenchTable table(int number) {
        long rows = changes / tableCount + (number < changes % tableCount ? 1 : 0);
        return new BenchTable("g" + number, columns(), List.of(), "id", rows, rows);
    }

    private List<BenchColumn> columns() {
        List<ColumnKind> kinds =
                List.of(ColumnKind.INT, ColumnKind.DECIMAL, ColumnKind.SHORT_TEXT, ColumnKind.DATETIME);
        var columns = new ArrayList<BenchColumn>(columnCount);
        columns.add(new BenchColumn("id", ColumnKind.BIGINT, false));
        for (int i = 1; i < columnCount; i++) {
            columns.add(new BenchColumn("c" + i, kinds.get((i - 1) % kinds.size()), false));
        }
        return columns;
    }

    @Override
    public void run(Connection mysql) throws SQLException {
        var random = new SplittableRandom(seed);
        List<BenchTable> tables = tables();
        long[] keys = new long[tableCount];
        int turn = 0;
        try (var script = new SqlScript(mysql)) {
            long open = 0;
            for (long done = 0; done < changes; ) {
                if (open == 0) {
                    script.begin();
                }
                BenchTable table = tables.get(turn);
                long left = Math.min(transactionRows - open, table.changes() - keys[turn]);
                long rows = Math.min(tableCount == 1 ? STATEMENT_ROWS : 1, left);
                insert(script.text(), table, keys[turn], rows, random);
                script.flushWhenFull();
                keys[turn] += rows;
                done += rows;
                open += rows;
                turn = (turn + 1) % tableCount;
                if (open == transactionRows || done == changes) {
                    script.commit();
                    open = 0;
                }
            }
        }
    }

    private static void insert(StringBuilder sql, BenchTable table, long last, long rows, SplittableRandom random) {
        sql.append("INSERT INTO ").append(table.name()).append(" VALUES ");
        for (long key = last + 1; key <= last + rows; key++) {
            table.appendRow(sql, key, key, random);
            sql.append(key < last + rows ? ',' : ';');
        }
    }
}
