package io.kameleon.admin;

import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.TestMySql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The server that a test replicates from, with a schema of the test's own, which is dropped at the end where others use the
 * server too.
 *
 * @param jdbcUrl from a database's name, with the rights of an administrator
 * @param sandbox empty when the server is not the test's to stop
 */
record RigSource(
        String type,
        String host,
        int port,
        String user,
        String password,
        String schema,
        UnaryOperator<String> jdbcUrl,
        Optional<SandboxMariaDb> sandbox)
        implements AutoCloseable {

    /** Holds the JDBC URL of a MariaDB to use instead of the sandbox's. */
    static final String MARIADB_PROPERTY = "kameleon.it.mariadb.url";

    static RigSource start(SourceKind kind, Path directory) throws SQLException {
        return kind == SourceKind.MARIADB
                ? mariaDb(directory)
                : given("mysql", TestMySql.given().orElseThrow());
    }

    private static RigSource mariaDb(Path directory) throws SQLException {
        String given = System.getProperty(MARIADB_PROPERTY, "");
        if (!given.isBlank()) {
            return given("mariadb", TestMySql.of(given));
        }
        SandboxMariaDb server = SandboxMariaDb.startIn(directory.resolve("mariadb"));
        return new RigSource(
                "mariadb",
                "127.0.0.1",
                server.port(),
                SandboxMariaDb.REPLICA_USER,
                server.replicaPassword(),
                "shop",
                server::jdbcUrl,
                Optional.of(server));
    }

    private static RigSource given(String type, TestMySql given) throws SQLException {
        String schema = "kameleon_it_" + ProcessHandle.current().pid();
        var source = new RigSource(
                type,
                given.host(),
                given.port(),
                given.user(),
                given.password(),
                schema,
                given::jdbcUrl,
                Optional.empty());
        source.dropSchema();
        return source;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl.apply(database));
    }

    private void dropSchema() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + schema);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return type + " " + host + ":" + port;
    }

    @Override
    public void close() throws SQLException {
        if (sandbox.isPresent()) {
            sandbox.get().close();
        } else {
            dropSchema();
        }
    }
}
