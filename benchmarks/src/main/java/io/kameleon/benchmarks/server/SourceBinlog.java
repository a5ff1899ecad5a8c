package io.kameleon.benchmarks.server;

import io.kameleon.benchmarks.run.BinlogStart;
import io.kameleon.benchmarks.server.MySqlServer.Flavour;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The source's binlog as the benchmark needs it. One thread. */
public final class SourceBinlog {
    private static final Map<String, String> LOADING =
            Map.of("sync_binlog", "0", "innodb_flush_log_at_trx_commit", "2");

    private final MySqlServer server;

    public SourceBinlog(MySqlServer server) {
        this.server = server;
    }

    /** Where the next event will stand. */
    public BinlogStart end() throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            String status = server.flavour() == Flavour.MYSQL ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
            String gtids = server.flavour() == Flavour.MYSQL ? "@@GLOBAL.gtid_executed" : "@@GLOBAL.gtid_current_pos";
            try (ResultSet row = statement.executeQuery(status)) {
                row.next();
                String file = row.getString(1);
                long position = row.getLong(2);
                return new BinlogStart(
                        file, position, one(statement, "SELECT " + gtids).replace("\n", ""));
            }
        }
    }

    /** Goes on in a new file. */
    public void startFile() throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("FLUSH BINARY LOGS");
        }
    }

    /** Work that writes rows; it may throw anything of the driver's. */
    @FunctionalInterface
    public interface Load {
        void run(Connection mysql) throws SQLException;
    }

    /** Runs a load without waiting for the disk at each commit; the server's settings are put back afterwards. */
    public void load(String database, Load load) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            var before = new LinkedHashMap<String, String>();
            for (Map.Entry<String, String> setting : LOADING.entrySet()) {
                before.put(setting.getKey(), one(statement, "SELECT @@GLOBAL." + setting.getKey()));
                statement.execute("SET GLOBAL " + setting.getKey() + " = " + setting.getValue());
            }
            try {
                load.run(connection);
            } finally {
                for (Map.Entry<String, String> setting : before.entrySet()) {
                    statement.execute("SET GLOBAL " + setting.getKey() + " = " + setting.getValue());
                }
            }
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
