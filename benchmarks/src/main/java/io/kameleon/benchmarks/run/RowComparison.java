package io.kameleon.benchmarks.run;

import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.workload.BenchTable;
import io.kameleon.benchmarks.workload.Workload;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares a workload's tables on both sides by row count and a sum over all values. One thread. */
final class RowComparison {
    private final Servers servers;
    /** Of the source, whose tables do not change between runs. */
    private final Map<String, Sum> known = new HashMap<>();

    private record Sum(long rows, String sum) {}

    RowComparison(Servers servers) {
        this.servers = servers;
    }

    /** The source's tables have changed. */
    void forget() {
        known.clear();
    }

    /** @return what differs, a line for each table; empty when all is equal */
    List<String> differences(Workload workload, Destination destination) throws SQLException {
        var found = new ArrayList<String>();
        try (Connection mysql = servers.mysql().connect(workload.schema());
                Connection postgres = servers.postgres().connect(destination.database());
                Statement source = mysql.createStatement();
                Statement copy = postgres.createStatement()) {
            for (BenchTable table : workload.tables()) {
                Sum expected = known.get(workload.schema() + "." + table.name());
                if (expected == null) {
                    expected = sum(source, table.mysqlSum());
                    known.put(workload.schema() + "." + table.name(), expected);
                }
                Sum actual = sum(copy, table.postgresSum(destination.schema()));
                if (!actual.equals(expected)) {
                    found.add("%s: %,d rows at the source, %,d in PostgreSQL%s"
                            .formatted(
                                    table.name(),
                                    expected.rows,
                                    actual.rows,
                                    expected.rows == actual.rows ? ", values differ" : ""));
                }
            }
        }
        return found;
    }

    private static Sum sum(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return new Sum(
                    row.getLong(1), row.getBigDecimal(2).stripTrailingZeros().toPlainString());
        }
    }
}
