package io.kameleon.admin.compare;

import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.SandboxPostgres;
import io.kameleon.sandbox.TestMySql;
import io.kameleon.schemas.table.TableId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** A real source, MySQL where one is given and else MariaDB, and a real PostgreSQL, with an empty schema each. */
final class CompareServers implements AutoCloseable {
    static final String SCHEMA = "compare_it";

    private final SandboxMariaDb mariaDb;
    private final SandboxPostgres postgres;
    private final SourceServer server;
    private final Connection source;
    private final Connection destination;

    CompareServers(Path directory) throws SQLException {
        Optional<TestMySql> mySql = TestMySql.given();
        postgres = SandboxPostgres.startIn(directory.resolve("postgres"));
        mariaDb = mySql.isPresent() ? null : SandboxMariaDb.startIn(directory.resolve("mariadb"));
        SourceAddress address = mySql.map(CompareServers::address)
                .orElseGet(
                        () -> SourceAddress.of("shop", "127.0.0.1", mariaDb.port(), "root", () -> mariaDb.rootPassword()
                                .toCharArray()));
        server = SourceServer.connect(address);
        source = mySql.isPresent() ? mySql.get().connect("") : mariaDb.connect("");
        destination = postgres.connect(SandboxPostgres.REPLICA_DATABASE);
        onSource(
                "SET SESSION sql_mode = 'ALLOW_INVALID_DATES', SESSION time_zone = '+00:00'",
                "SET NAMES utf8mb4",
                "DROP DATABASE IF EXISTS " + SCHEMA,
                "CREATE DATABASE " + SCHEMA + " CHARACTER SET utf8mb4",
                "USE " + SCHEMA);
        onDestination("CREATE SCHEMA " + SCHEMA, "SET search_path TO " + SCHEMA, "SET TIME ZONE 'Asia/Tokyo'");
    }

    private static SourceAddress address(TestMySql given) {
        return SourceAddress.of("shop", given.host(), given.port(), given.user(), () -> given.password()
                .toCharArray());
    }

    boolean isMariaDb() {
        return server.facts().isMariaDb();
    }

    SourceServer server() {
        return server;
    }

    Connection destination() {
        return destination;
    }

    void onSource(String... statements) throws SQLException {
        execute(source, statements);
    }

    void onDestination(String... statements) throws SQLException {
        execute(destination, statements);
    }

    void onBoth(String... statements) throws SQLException {
        onSource(statements);
        onDestination(statements);
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    CompareTarget target(String table) {
        CompareTargets found = CompareTargets.read(
                server, Map.of(SCHEMA, SCHEMA), new TableId(SCHEMA, table)::equals, ValuePolicy.STANDARD);
        return found.targets().get(0);
    }

    TableComparison comparison(String table) {
        return new TableComparison(server, destination, target(table), 1_000, CompareProgress.NONE);
    }

    CompareReport compare(String table) {
        return comparison(table).compare();
    }

    @Override
    public void close() throws SQLException {
        onSource("DROP DATABASE IF EXISTS " + SCHEMA);
        source.close();
        server.close();
        destination.close();
        postgres.close();
        if (mariaDb != null) {
            mariaDb.close();
        }
    }
}
