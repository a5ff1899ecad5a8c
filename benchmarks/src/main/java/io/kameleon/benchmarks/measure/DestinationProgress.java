package io.kameleon.benchmarks.measure;

import static java.util.stream.Collectors.joining;

import io.kameleon.benchmarks.workload.BenchTable;
import io.kameleon.benchmarks.workload.Workload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * How much of a workload is visible in PostgreSQL, from the greatest progress value of each table. Exact at 0 and at the end, else an
 * estimate; holds for tables that advance independently of each other too. The tables have to exist, with their indexes.
 *
 * <p>{@code max(progress)} would have to pass every row that is not committed yet, as many as a batch has. So each table's progress
 * values are cut into {@value #STEPS_MAX} steps at most, and a look asks the index for a row at the beginning of each of the next few.
 */
public final class DestinationProgress implements RowCounter, AutoCloseable {
    private static final int STEPS_MAX = 1000;
    /** Changes at the beginning of a step that are looked at: enough that deletions do not leave all of them without a row. */
    private static final int CHANGES_LOOKED_AT = 20;

    private static final int STEPS_AHEAD = 8;

    private final List<Steps> steps;
    private final long changes;
    private final long watched;
    private final Connection connection;
    private final PreparedStatement query;
    private final long[] reached;

    /**
     * How a table's progress values are cut: step {@code n} begins at {@code n * size}.
     *
     * @param size  progress values of a step
     * @param width of them, at its beginning, are looked at
     */
    private record Steps(BenchTable table, long size, long width) {
        static Steps of(BenchTable table) {
            long width = Math.max(1, CHANGES_LOOKED_AT * table.lastProgress() / table.changes());
            return new Steps(table, Math.max(width, table.lastProgress() / STEPS_MAX), width);
        }

        /** Two columns: the last of the next steps, after that of the parameter, with a row; whether the table's last change is there. */
        String query(String schema) {
            String rows = "FROM " + schema + "." + table.name() + " WHERE " + table.progress();
            return "(SELECT max(step) FROM (SELECT ?::bigint + ahead AS step FROM generate_series(1, " + STEPS_AHEAD
                    + ") AS ahead) AS steps, LATERAL (SELECT " + rows + " BETWEEN step * " + size + " AND step * "
                    + size
                    + " + " + (width - 1) + " LIMIT 1) AS seen), EXISTS (SELECT " + rows + " = " + table.lastProgress()
                    + ")";
        }

        /** Changes of the table up to the beginning of a step, about. */
        double changes(long step) {
            return (double) step * size / table.lastProgress() * table.changes();
        }
    }

    /** @param connection closed with this; in autocommit */
    public DestinationProgress(Connection connection, Workload workload, String schema) throws SQLException {
        this.connection = connection;
        this.steps = workload.progressTables().stream().map(Steps::of).toList();
        this.reached = new long[steps.size()];
        this.changes = workload.changes();
        this.watched = steps.stream().mapToLong(part -> part.table.changes()).sum();
        try (Statement settings = connection.createStatement()) {
            settings.execute("SET enable_seqscan = off"); // the plan is made while the tables are empty
            settings.execute("SET enable_bitmapscan = off");
        }
        this.query = connection.prepareStatement(
                steps.stream().map(part -> part.query(schema)).collect(joining(", ", "SELECT ", "")));
    }

    @Override
    public long rows() throws SQLException {
        long[] before;
        do {
            before = reached.clone();
            if (look()) {
                return changes;
            }
        } while (!Arrays.equals(before, reached));
        double moved = 0;
        for (int i = 0; i < reached.length; i++) {
            moved += steps.get(i).changes(reached[i]);
        }
        return Math.min(changes - 1, (long) (moved / watched * changes));
    }

    /** Moves on to the last step seen of each table; true when every table's last change is there. */
    private boolean look() throws SQLException {
        for (int i = 0; i < reached.length; i++) {
            query.setLong(i + 1, reached[i]);
        }
        try (ResultSet row = query.executeQuery()) {
            row.next();
            boolean complete = true;
            for (int i = 0; i < reached.length; i++) {
                reached[i] = Math.max(reached[i], row.getLong(2 * i + 1));
                complete &= row.getBoolean(2 * i + 2);
            }
            return complete;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
