package io.kameleon.admin;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Both servers with a replica between them, and what tests of statements ask of them: to wait, and to compare tables. */
final class StatementRig implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(90);

    private final ReplicaRig rig;
    private final Map<String, String> schemas = new LinkedHashMap<>();
    private final Map<Spelling, Connection> shared = new EnumMap<>(Spelling.class);
    private final List<Connection> sessions = new ArrayList<>();
    private final SourceSettings settings;
    private final Installation installation;
    private final Connection destination;
    private final TableOracle oracle;

    private StatementRig(ReplicaRig rig) throws Exception {
        this.rig = rig;
        String schema = rig.source().schema();
        schemas.put("db", schema);
        schemas.put("odb", schema + "_other");
        schemas.put("xdb", schema + "_outside");
        // What a statement does by itself is looked at: a copy that begins at any moment would change tables meanwhile.
        rig.configure("  " + schemas.get("odb") + ": " + ReplicaRig.DESTINATION + "_other\nskip_tables:\n"
                + "  - '/.*[.]skipped_.*/'\nauto_resync: false\n");
        rig.onSource(
                "DROP DATABASE IF EXISTS " + schemas.get("odb"),
                "DROP DATABASE IF EXISTS " + schemas.get("xdb"),
                "CREATE DATABASE " + schemas.get("odb") + " CHARACTER SET utf8mb4",
                "CREATE DATABASE " + schemas.get("xdb") + " CHARACTER SET utf8mb4",
                "CREATE TABLE marker (n INT PRIMARY KEY)",
                "CREATE TABLE " + schemas.get("odb") + ".present (n INT PRIMARY KEY)");
        rig.register();
        rig.succeeds("init_replica");
        rig.runReplica();
        rig.awaitReplica();
        installation = Installation.load(rig.config().toString());
        settings = new SourceSettings(installation.config(), installation.source(ReplicaRig.SOURCE));
        destination = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
        oracle = new TableOracle(settings, rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE));
    }

    /** With a schema of its own, empty but for the marker. */
    static StatementRig start(ReplicaRig rig) throws Exception {
        rig.createSchema();
        return new StatementRig(rig);
    }

    /** On the schema that the source has; its tables are copied. */
    static StatementRig onSchema(ReplicaRig rig) throws Exception {
        return new StatementRig(rig);
    }

    Map<String, String> schemas() {
        return schemas;
    }

    Connection session(Spelling spelling, boolean own) throws SQLException {
        if (!own && shared.containsKey(spelling)) {
            return shared.get(spelling);
        }
        Connection session = rig.source().connect(spelling.defaultDatabase(schemas));
        sessions.add(session);
        try (Statement statement = session.createStatement()) {
            if (spelling == Spelling.ANSI) {
                statement.execute("SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')");
            }
        }
        if (!own) {
            shared.put(spelling, session);
        }
        return session;
    }

    /** Until PostgreSQL has all that the source has committed. */
    void await(int round) throws SQLException {
        rig.onSource("INSERT INTO marker VALUES (" + round + ")");
        Await.until("round " + round + " is in PostgreSQL", WAIT_MAX, () -> applied() >= round);
    }

    private int applied() throws SQLException {
        try (Statement statement = destination.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(max(n), 0) FROM " + ReplicaRig.DESTINATION + ".marker")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Compares the tables; those that differ, with how. */
    Map<TableId, String> differences(List<TableId> tables) throws SQLException {
        return oracle.differences(
                tables.stream().filter(settings.filter()::includes).toList(), tracked());
    }

    void check(List<FormRun> runs) throws SQLException {
        Set<TableId> reported = reported();
        var compared = new LinkedHashMap<TableId, FormRun>();
        for (FormRun run : runs) {
            List<TableId> tables = tables(run);
            boolean outside = run.spelling() == Spelling.OUTSIDE;
            if (run.end() == StatementForm.End.EQUAL || outside) {
                tables.forEach(id -> compared.put(id, run));
                tables.stream().filter(reported::contains).forEach(id -> run.fail(id + " has stopped: " + reason(id)));
            } else if (tables.stream().noneMatch(reported::contains)) {
                run.fail("none of its tables has stopped");
            }
        }
        differences(List.copyOf(compared.keySet()))
                .forEach((id, difference) -> compared.get(id).fail(id + " " + difference));
        requireOutsideAbsent(compared);
    }

    private List<TableId> tables(FormRun run) {
        var tables = new ArrayList<TableId>();
        run.tables()
                .forEach((schema, names) -> names.forEach(name -> tables.add(new TableId(schemas.get(schema), name))));
        return tables;
    }

    private void requireOutsideAbsent(Map<TableId, FormRun> compared) throws SQLException {
        try (Statement statement = destination.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT tablename FROM pg_tables WHERE tablename LIKE 'skipped%'")) {
            while (row.next()) {
                String name = row.getString(1);
                compared.forEach((id, run) -> {
                    if (id.name().equals(name)) {
                        run.fail(id + " is in PostgreSQL, outside the filter");
                    }
                });
            }
        }
    }

    private Map<TableId, TableDefinition> tracked() {
        try (KafkaAccess kafka =
                KafkaAccess.running(installation.config(), ReplicaRig.SOURCE).orElseThrow()) {
            return settings.reader(kafka)
                    .stateTopic()
                    .load()
                    .map(ReadState::tables)
                    .orElseThrow();
        }
    }

    /** Tables with an error in the log, and those that are disabled under a name that they got later. */
    Set<TableId> reported() throws SQLException {
        var tables = new HashSet<TableId>();
        try (Statement statement = destination.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT origin_schema, table_name FROM sch_kameleon.error_log UNION SELECT origin_schema, table_name"
                                + " FROM sch_kameleon.replica_table WHERE state = 'disabled'")) {
            while (row.next()) {
                tables.add(new TableId(row.getString(1), row.getString(2)));
            }
        }
        return tables;
    }

    String reason(TableId id) {
        try (var statement =
                destination.prepareStatement("SELECT message FROM (SELECT origin_schema, table_name, message FROM"
                        + " sch_kameleon.error_log UNION ALL SELECT origin_schema, table_name, reason FROM"
                        + " sch_kameleon.replica_table WHERE reason IS NOT NULL) AS r"
                        + " WHERE origin_schema = ? AND table_name = ? LIMIT 1")) {
            statement.setString(1, id.schema());
            statement.setString(2, id.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection session : sessions) {
            session.close();
        }
        oracle.close();
        destination.close();
        rig.onSource("DROP DATABASE IF EXISTS " + schemas.get("odb"), "DROP DATABASE IF EXISTS " + schemas.get("xdb"));
    }
}
