package io.kameleon.benchmarks.peer;

import io.kameleon.benchmarks.run.Destination;
import io.kameleon.benchmarks.server.PostgresServer;
import io.kameleon.benchmarks.workload.BenchTable;
import io.kameleon.benchmarks.workload.Workload;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL database for one run of a peer, with the workload's schema; a peer creates neither keys nor indexes as the source has them. */
final class PeerDatabase {
    private static final String MAINTENANCE = "postgres";

    private PeerDatabase() {}

    /** The database, empty but for the schema; what had its name is dropped. */
    static Destination create(PostgresServer postgres, String name, Workload workload) throws SQLException {
        drop(postgres, name);
        execute(postgres, MAINTENANCE, "CREATE DATABASE " + name);
        execute(postgres, name, "CREATE SCHEMA " + workload.schema());
        return new Destination(name, workload.schema());
    }

    /** The workload's tables with keys and indexes. */
    static void createTables(PostgresServer postgres, Destination destination, Workload workload) throws SQLException {
        for (BenchTable table : workload.tables()) {
            execute(postgres, destination.database(), table.postgresDefinition(destination.schema()));
            for (String index : table.postgresIndexes(destination.schema())) {
                execute(postgres, destination.database(), index);
            }
        }
    }

    static void drop(PostgresServer postgres, String name) throws SQLException {
        execute(postgres, MAINTENANCE, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private static void execute(PostgresServer postgres, String database, String sql) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
