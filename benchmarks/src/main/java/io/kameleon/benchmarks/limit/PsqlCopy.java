package io.kameleon.benchmarks.limit;

import io.kameleon.benchmarks.measure.Activity;
import io.kameleon.benchmarks.run.Contender;
import io.kameleon.benchmarks.run.Stage;
import io.kameleon.benchmarks.run.StageResult;
import io.kameleon.benchmarks.run.StageRun;
import io.kameleon.benchmarks.server.ChildProcess;
import io.kameleon.benchmarks.server.PostgresServer;
import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.workload.BenchTable;
import io.kameleon.benchmarks.workload.InsertWorkload;
import io.kameleon.benchmarks.workload.Workload;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The limit of APPLY for inserts: psql's {@code \copy} of a W1 table's rows from a file, in one transaction. Measured whole. */
public final class PsqlCopy implements Contender {
    private static final String SCHEMA = "limits";
    private static final int FETCH_ROWS = 5000;

    private final String table;
    private final Indexes indexes;
    private Path rows;

    /** What the table has when the rows come. */
    public enum Indexes {
        PLAIN,
        /** Its primary key and its secondary index. */
        INDEXED
    }

    /** @param table of W1 */
    public PsqlCopy(String table, Indexes indexes) {
        this.table = table;
        this.indexes = indexes;
    }

    @Override
    public String name() {
        return "copy-" + table + "-" + indexes.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.APPLY);
    }

    @Override
    public boolean takesPart(Stage stage, Workload workload) {
        return stage == Stage.APPLY && workload instanceof InsertWorkload;
    }

    @Override
    public Map<String, String> configuration() {
        return Map.of("program", "psql \\copy, text format, into a table of its own");
    }

    @Override
    public StageResult run(StageRun run) throws Exception {
        BenchTable target = run.workload().tables().stream()
                .filter(candidate -> candidate.name().equals(table))
                .findFirst()
                .orElseThrow();
        if (rows == null) {
            rows = run.servers().directory().resolve(table + "_" + indexes + ".tsv");
            export(run.servers(), run.workload(), target, rows);
        }
        create(run, target);
        PostgresServer postgres = run.servers().postgres();
        Path psql = postgres.programs()
                .orElseThrow(() -> new IllegalStateException("psql is missing (Debian: apt install postgresql-client)"))
                .resolve("psql");
        List<String> command = List.of(
                psql.toString(),
                "--no-psqlrc",
                "--set=ON_ERROR_STOP=1",
                "--host=" + postgres.host(),
                "--port=" + postgres.port(),
                "--username=" + postgres.user(),
                "--dbname=" + run.id(),
                "--command=\\copy " + SCHEMA + "." + table + " from '" + rows + "'");
        try (ChildProcess copy = ChildProcess.start(
                "psql", run.directory().resolve("psql.log"), command, Map.of("PGPASSWORD", postgres.password()))) {
            Activity activity = run.meter().whole(copy.process(), target.changes());
            copy.requireSuccess();
            return StageResult.of(activity);
        }
    }

    private void create(StageRun run, BenchTable target) throws SQLException {
        try (Connection postgres = run.servers().postgres().connect("postgres");
                Statement statement = postgres.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + run.id() + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + run.id());
        }
        try (Connection postgres = run.servers().postgres().connect(run.id());
                Statement statement = postgres.createStatement()) {
            statement.execute("CREATE SCHEMA " + SCHEMA);
            statement.execute(target.postgresDefinition(SCHEMA));
            if (indexes == Indexes.INDEXED) {
                for (String index : target.postgresIndexes(SCHEMA)) {
                    statement.execute(index);
                }
            }
        }
    }

    /** The workloads' texts hold nothing that COPY's text format would escape. */
    private static void export(Servers servers, Workload workload, BenchTable table, Path file)
            throws SQLException, IOException {
        try (Connection mysql = servers.mysql().connect(workload.schema());
                Statement statement = mysql.createStatement();
                BufferedWriter out = Files.newBufferedWriter(file)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet row = statement.executeQuery("SELECT * FROM " + table.name())) {
                int columns = table.columns().size();
                while (row.next()) {
                    for (int column = 1; column <= columns; column++) {
                        String value = row.getString(column);
                        out.write(value == null ? "\\N" : value);
                        out.write(column < columns ? '\t' : '\n');
                    }
                }
            }
        }
    }

    @Override
    public void discard(StageRun run) throws SQLException {
        try (Connection postgres = run.servers().postgres().connect("postgres");
                Statement statement = postgres.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + run.id() + " WITH (FORCE)");
        }
    }
}
