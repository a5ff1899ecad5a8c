package io.kameleon.benchmarks.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;

/**
 * COPY: tables to be copied whole, about 330 bytes per row, with a key and two secondary indexes each. {@link #run} fills them
 * without writing the binlog.
 *
 * @param changes rows of all tables
 */
public record CopyWorkload(long changes, long seed) implements Workload {
    private static final long ROWS = 3_000_000;
    private static final int TABLES = 3;
    private static final int STATEMENT_ROWS = 500;

    /** @param scale 1 for the three million rows (1 GB) that reports speak of */
    public static CopyWorkload scaled(double scale, long seed) {
        return new CopyWorkload(Math.max(TABLES, Math.round(ROWS * scale / TABLES) * TABLES), seed);
    }

    @Override
    public String name() {
        return "COPY";
    }

    @Override
    public String description() {
        return "initial copy of three tables with keys and indexes, about 330 bytes per row";
    }

    @Override
    public String schema() {
        return "bench_copy";
    }

    @Override
    public List<BenchTable> tables() {
        long rows = changes / TABLES;
        return List.of(table("c0", rows), table("c1", rows), table("c2", rows));
    }

    private static BenchTable table(String name, long rows) {
        List<BenchColumn> columns = List.of(
                new BenchColumn("id", ColumnKind.BIGINT, false),
                new BenchColumn("customer", ColumnKind.INT, false),
                new BenchColumn("code", ColumnKind.SHORT_TEXT, false),
                new BenchColumn("price", ColumnKind.DECIMAL, false),
                new BenchColumn("weight", ColumnKind.DOUBLE, true),
                new BenchColumn("changed_at", ColumnKind.DATETIME, false),
                new BenchColumn("day", ColumnKind.DATE, true),
                new BenchColumn("title", ColumnKind.LONG_TEXT, false),
                new BenchColumn("note", ColumnKind.LONG_TEXT, true));
        return new BenchTable(name, columns, List.of("customer", "code"), "id", rows, rows);
    }

    @Override
    public void run(Connection mysql) throws SQLException {
        var random = new SplittableRandom(seed);
        try (Statement statement = mysql.createStatement()) {
            statement.execute("SET sql_log_bin = 0");
        }
        try (var script = new SqlScript(mysql)) {
            for (BenchTable table : tables()) {
                for (long start = 0; start < table.changes(); start += STATEMENT_ROWS) {
                    insert(script, table, start, Math.min(table.changes(), start + STATEMENT_ROWS), random);
                }
            }
        } finally {
            try (Statement statement = mysql.createStatement()) {
                statement.execute("SET sql_log_bin = 1");
            }
        }
    }

    private static void insert(SqlScript script, BenchTable table, long from, long to, SplittableRandom random)
            throws SQLException {
        script.begin();
        StringBuilder sql = script.text();
        sql.append("INSERT INTO ").append(table.name()).append(" VALUES ");
        for (long key = from + 1; key <= to; key++) {
            table.appendRow(sql, key, key, random);
            sql.append(key < to ? ',' : ';');
        }
        script.commit();
    }
}
