package io.kameleon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class SandboxPostgresIT {
    @TempDir
    private Path temporary;

    @Test
    void keepsDataAndPortOverStopAndKill() throws Exception {
        try (SandboxPostgres postgres = SandboxPostgres.startIn(temporary)) {
            int port = postgres.port();
            try (Connection owner = asOwner(postgres);
                    Statement statement = owner.createStatement()) {
                assertThat(value(statement, "SHOW server_version")).startsWith("18.");
                assertThat(value(statement, "SHOW server_encoding")).isEqualTo("UTF8");
                statement.execute("CREATE SCHEMA kept");
                statement.execute("CREATE TABLE kept.t AS SELECT 7 AS n");
                // Stops in spite of the open connection.
                postgres.stop();
            }
            postgres.restart();
            postgres.kill();
            assertThat(postgres.isRunning()).isFalse();
            postgres.restart();
            try (Connection owner = asOwner(postgres);
                    Statement statement = owner.createStatement()) {
                assertThat(value(statement, "SELECT n FROM kept.t")).isEqualTo("7");
            }
            assertThat(postgres.port()).isEqualTo(port);
        }
    }

    @Test
    void takesFurtherSettings() throws Exception {
        try (SandboxPostgres postgres = SandboxPostgres.startIn(temporary, "work_mem=12MB");
                Connection connection = postgres.connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement()) {
            assertThat(value(statement, "SHOW work_mem")).isEqualTo("12MB");
        }
    }

    private static Connection asOwner(SandboxPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + SandboxPostgres.REPLICA_DATABASE,
                SandboxPostgres.REPLICA_USER,
                postgres.replicaPassword());
    }

    private static String value(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
