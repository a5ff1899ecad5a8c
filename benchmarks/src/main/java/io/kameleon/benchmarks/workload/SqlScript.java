package io.kameleon.benchmarks.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Sends many statements in few round trips, whose number a buffer's size decides. One thread only. */
final class SqlScript implements AutoCloseable {
    private static final int FLUSH_LENGTH = 200_000;

    private final Statement statement;
    private final StringBuilder sql = new StringBuilder(FLUSH_LENGTH + 100_000);

    SqlScript(Connection mysql) throws SQLException {
        mysql.setAutoCommit(true);
        statement = mysql.createStatement();
    }

    StringBuilder text() {
        return sql;
    }

    void begin() {
        sql.append("START TRANSACTION;");
    }

    void commit() throws SQLException {
        sql.append("COMMIT;");
        flushWhenFull();
    }

    /** Between two statements: keeps a transaction of any size in little memory. */
    void flushWhenFull() throws SQLException {
        if (sql.length() >= FLUSH_LENGTH) {
            flush();
        }
    }

    private void flush() throws SQLException {
        if (sql.length() > 0) {
            statement.execute(sql.toString());
            while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                // each statement's count; a failed one throws
                continue;
            }
            sql.setLength(0);
        }
    }

    /** Sends what is left. */
    @Override
    public void close() throws SQLException {
        try (statement) {
            flush();
        }
    }
}
