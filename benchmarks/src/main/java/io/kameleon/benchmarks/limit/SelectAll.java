package io.kameleon.benchmarks.limit;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The limit of COPY: reading the tables one after the other, over one connection, without looking at the values. Measured whole. */
public final class SelectAll implements Contender {
    private static final String PASSWORD = "KAMELEON_BENCH_PASSWORD";
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
        return Map.of("program", "SELECT * through the MariaDB driver, streaming");
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        MySqlServer mysql = run.servers().mysql();
        var arguments = new ArrayList<>(List.of(
                mysql.flavour().name(),
                mysql.host(),
                String.valueOf(mysql.port()),
                mysql.user(),
                run.workload().schema()));
        run.workload().tables().forEach(table -> arguments.add(table.name()));
        List<String> command =
                ChildProcess.javaCommand(List.of("-Xmx128m", "-XX:+UseSerialGC"), SelectAll.class, arguments);
        try (ChildProcess reading = ChildProcess.start(
                name(), run.directory().resolve("select.log"), command, Map.of(PASSWORD, mysql.password()))) {
            Activity activity =
                    run.meter().whole(reading.process(), run.workload().changes());
            reading.requireSuccess();
            return StageResult.of(activity);
        }
    }

    /** {@code SelectAll FLAVOUR HOST PORT USER DATABASE TABLE...}; the password is in the environment. */
    public static void main(String[] arguments) throws SQLException {
        var mysql = new MySqlServer(
                MySqlServer.Flavour.valueOf(arguments[0]),
                arguments[1],
                Integer.parseInt(arguments[2]),
                arguments[3],
                System.getenv(PASSWORD));
        try (Connection connection = mysql.connect(arguments[4]);
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            for (String table : List.of(arguments).subList(5, arguments.length)) {
                read(statement, table);
            }
        }
    }

    private static void read(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            while (row.next()) {
                row.getRow();
            }
        }
    }
}
