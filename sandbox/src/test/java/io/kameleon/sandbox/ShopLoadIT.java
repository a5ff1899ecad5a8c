package io.kameleon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ShopLoadIT {
    private static final String SCHEMA = "shop_load_it";
    private static final String BALANCES = "SELECT SUM(balance) FROM customers";

    @TempDir
    private Path temporary;

    @Test
    void changesEveryTableOfMariaDbAndOutlivesACrashOfTheServer() throws Exception {
        try (SandboxMariaDb mariaDb = SandboxMariaDb.startIn(temporary)) {
            try (Connection connection = mariaDb.connect("")) {
                SampleShop.create(connection, SCHEMA, 2_000, 42);
                assertThat(SampleShop.countRows(connection, SCHEMA)).isBetween(1_800L, 2_200L);
            }
            try (ShopLoad load = load(mariaDb.jdbcUrl(SCHEMA), 0)) {
                awaitTransactions(load, 300);
                mariaDb.kill();
                mariaDb.restart();
                awaitTransactions(load, load.transactions() + 300);
            }
        }
    }

    @Test
    void runsOnTheGivenMySqlAtTheRateAskedFor() throws Exception {
        try (ShopServer server = ShopServer.givenOrMariaDb(temporary)) {
            String before = createAndSumBalances(server);
            long started = System.nanoTime();
            try (ShopLoad load = load(server.jdbcUrl(SCHEMA), 100)) {
                awaitTransactions(load, 150);
                assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(1_200));
                assertThat(load.rows()).isPositive();
            }
            try (Connection connection = server.connect(SCHEMA)) {
                assertThat(value(connection, BALANCES)).isEqualTo(before);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameRows() throws Exception {
        try (SandboxMariaDb mariaDb = SandboxMariaDb.startIn(temporary);
                Connection connection = mariaDb.connect("")) {
            SampleShop.create(connection, "first", 500, 7);
            SampleShop.create(connection, "second", 500, 7);
            for (String table : SampleShop.TABLES) {
                String checksum = "CHECKSUM TABLE %s." + table;
                assertThat(checksum(connection, checksum.formatted("first")))
                        .as(table)
                        .isEqualTo(checksum(connection, checksum.formatted("second")));
            }
        }
    }

    /** The MySQL of this test run, else MariaDB; the test's schema goes when it closes. */
    private record ShopServer(List<AutoCloseable> owned, String url) implements AutoCloseable {
        static ShopServer givenOrMariaDb(Path directory) throws SQLException {
            if (TestMySql.given().isPresent()) {
                TestMySql mySql = TestMySql.given().get();
                var server = new ShopServer(List.of(), mySql.jdbcUrl("%s"));
                server.drop();
                return server;
            }
            SandboxMariaDb mariaDb = SandboxMariaDb.startIn(directory);
            return new ShopServer(List.of(mariaDb), mariaDb.jdbcUrl("%s"));
        }

        String jdbcUrl(String schema) {
            return url.replace("%s", schema);
        }

        Connection connect(String schema) throws SQLException {
            return DriverManager.getConnection(jdbcUrl(schema));
        }

        private void drop() throws SQLException {
            try (Connection connection = connect("");
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
            }
        }

        @Override
        public void close() throws Exception {
            drop();
            for (AutoCloseable server : owned) {
                server.close();
            }
        }
    }

    private static String createAndSumBalances(ShopServer server) throws SQLException {
        try (Connection connection = server.connect("")) {
            SampleShop.create(connection, SCHEMA, 1_000, 42);
            return value(connection, BALANCES);
        }
    }

    private static ShopLoad load(String url, int perSecond) {
        return ShopLoad.start(new ShopLoad.Settings(url, 2, perSecond, 42));
    }

    private static void awaitTransactions(ShopLoad load, long transactions) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (load.transactions() < transactions) {
            assertThat(System.nanoTime() - deadline)
                    .as("%d transactions, %d failures", load.transactions(), load.failures())
                    .isNegative();
            load.runFor(Duration.ofMillis(20));
        }
    }

    private static String checksum(Connection connection, String statement) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(statement)) {
            row.next();
            return row.getString(2);
        }
    }

    private static String value(Connection connection, String statement) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(statement)) {
            row.next();
            return row.getString(1);
        }
    }
}
