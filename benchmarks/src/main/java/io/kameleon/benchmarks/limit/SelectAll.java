package io.kameleon.benchmarks.limit;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.MySqlServer;
import io.kameleon.benchmarks.workload.BenchTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The limit of COPY: reading the tables one after the other, over one connection, without looking at the values. */
public final class SelectAll implements Contender {
    private static final int FETCH_ROWS = 10_000;

    @Override
    public String name() {
        return "select-all";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.COPY);
    }

    @Override
    public Map<String, String> configuration() {
        return Map.of("program", "SELECT * through the MariaDB driver, streaming, in this process");
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        long[] rows = {0};
        Activity activity = run.meter()
                .watchWork(
                        List.of(ProcessHandle.current()),
                        () -> rows[0] = read(run.servers().mysql(), run));
        return StageResult.of(activity.withRows(rows[0]));
    }

    private static long read(MySqlServer mysql, StageRun run) throws SQLException {
        long rows = 0;
        try (Connection connection = mysql.connect(run.workload().schema());
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            for (BenchTable table : run.workload().tables()) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table.name())) {
                    while (row.next()) {
                        rows++;
                    }
                }
            }
        }
        return rows;
    }
}
