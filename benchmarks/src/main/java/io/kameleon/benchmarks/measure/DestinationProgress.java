package io.kameleon.benchmarks.measure;

import static java.util.stream.Collectors.joining;

import io.kameleon.benchmarks.workload.BenchTable;
import io.kameleon.benchmarks.workload.Workload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * How much of a workload is visible in PostgreSQL, from the greatest progress value of each table: one probe of an index per table.
 * Exact at 0 and at the end, else an estimate; holds for tables that advance independently of each other too. The tables have to
 * exist, with their indexes.
 */
public final class DestinationProgress implements RowCounter, AutoCloseable {
    private final List<BenchTable> tables;
    private final long changes;
    private final long watched;
    private final Connection connection;
    private final PreparedStatement query;
    private long rows;

    /** @param connection closed with this; in autocommit */
    public DestinationProgress(Connection connection, Workload workload, String schema) throws SQLException {
        this.connection = connection;
        this.tables = workload.progressTables();
        this.changes = workload.changes();
        this.watched = tables.stream().mapToLong(BenchTable::changes).sum();
        this.query = connection.prepareStatement(tables.stream()
                .map(table ->
                        "(SELECT coalesce(max(" + table.progress() + "), 0) FROM " + schema + "." + table.name() + ")")
                .collect(joining(", ", "SELECT ", "")));
    }

    @Override
    public long rows() throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            double moved = 0;
            boolean complete = true;
            for (int i = 0; i < tables.size(); i++) {
                BenchTable table = tables.get(i);
                long progress = row.getLong(i + 1);
                complete &= progress >= table.lastProgress();
                moved += (double) progress / table.lastProgress() * table.changes() / watched * changes;
            }
            rows = complete ? changes : Math.max(rows, Math.min(changes - 1, (long) moved));
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
