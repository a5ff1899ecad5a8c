package io.kameleon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
class SandboxMariaDbIT {
    @TempDir
    private Path temporary;

    @Test
    void isAReplicationSourceThatKeepsDataAndPortOverRestartAndKill() throws Exception {
        try (SandboxMariaDb mariaDb = SandboxMariaDb.startIn(temporary)) {
            int port = mariaDb.port();
            assertThat(value(mariaDb, "SELECT VERSION()")).startsWith("11.4.5-MariaDB");
            assertThat(value(
                            mariaDb,
                            "SELECT CONCAT_WS(' ', @@log_bin, @@binlog_format, @@binlog_row_image,"
                                    + " @@character_set_server, @@time_zone)"))
                    .isEqualTo("ON ROW FULL utf8mb4 +00:00");
            execute(mariaDb, "CREATE DATABASE kept", "CREATE TABLE kept.t (n INT)", "INSERT INTO kept.t VALUES (7)");

            mariaDb.kill();
            assertThat(mariaDb.isRunning()).isFalse();
            assertThatThrownBy(() -> value(mariaDb, "SELECT 1")).isInstanceOf(SQLException.class);
            mariaDb.restart();
            assertThat(value(mariaDb, "SELECT n FROM kept.t")).isEqualTo("7");

            mariaDb.restart("--binlog-row-image=MINIMAL");
            assertThat(value(mariaDb, "SELECT @@binlog_row_image")).isEqualTo("MINIMAL");
            assertThat(mariaDb.port()).isEqualTo(port);
        }
        try (SandboxMariaDb again = SandboxMariaDb.startIn(temporary)) {
            assertThat(value(again, "SELECT n FROM kept.t")).isEqualTo("7");
        }
    }

    @Test
    void theReplicaUserReadsAndReplicatesButDoesNotWrite() throws Exception {
        try (SandboxMariaDb mariaDb = SandboxMariaDb.startIn(temporary)) {
            execute(mariaDb, "CREATE DATABASE kept", "CREATE TABLE kept.t (n INT)");
            String url = "jdbc:mariadb://127.0.0.1:" + mariaDb.port() + "/kept";
            try (Connection connection =
                            DriverManager.getConnection(url, SandboxMariaDb.REPLICA_USER, mariaDb.replicaPassword());
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeQuery("SHOW MASTER STATUS").next()).isTrue();
                assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (1)"))
                        .hasMessageContaining("denied");
            }
        }
    }

    @Test
    void aServerThatDoesNotStartShowsTheEndOfItsLog() {
        assertThatThrownBy(() -> SandboxMariaDb.startIn(temporary, "--no-such-option"))
                .isInstanceOf(SandboxException.class)
                .hasMessageStartingWith("MariaDB ended with code")
                .hasMessageContaining("unknown option '--no-such-option'");
    }

    private static String value(SandboxMariaDb mariaDb, String query) throws SQLException {
        try (Connection connection = mariaDb.connect("");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(SandboxMariaDb mariaDb, String... statements) throws SQLException {
        try (Connection connection = mariaDb.connect("");
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }
}
