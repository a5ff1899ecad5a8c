package io.kameleon.replay.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;

/**
 * Runs statements whose parameters are given in PostgreSQL's binary format, prepared on the server and kept in pgjdbc's own
 * statement cache. JDBC's {@code PreparedStatement} cannot send binary values of types that it does not know, such as a
 * table's row type, so this goes one layer below. One thread only.
 */
final class BinaryStatements {
    private static final int MAX_ROWS = 0;
    private static final int FETCH_SIZE = 0;
    private static final int FLAGS = QueryExecutor.QUERY_NO_METADATA | QueryExecutor.QUERY_NO_RESULTS;

    private final BaseConnection connection;
    private final QueryExecutor executor;

    /** @param connection pgjdbc's or a pool's wrapper of it; not in auto-commit, not in {@code preferQueryMode=simple} */
    BinaryStatements(Connection connection) throws SQLException {
        this.connection = connection.unwrap(BaseConnection.class);
        this.executor = this.connection.getQueryExecutor();
    }

    /**
     * @param sql with one {@code ?} per parameter
     * @return rows that the statement deleted, updated or inserted
     */
    long execute(String sql, BinaryParameter... parameters) throws SQLException {
        CachedQuery cached = executor.borrowQuery(sql);
        try {
            ParameterList list = cached.query.createParameterList();
            for (int i = 0; i < parameters.length; i++) {
                list.setBinaryParameter(i + 1, parameters[i].value(), parameters[i].type());
            }
            var outcome = new Outcome();
            executor.execute(cached.query, list, outcome, MAX_ROWS, FETCH_SIZE, FLAGS);
            return outcome.rows;
        } finally {
            executor.releaseQuery(cached);
        }
    }

    /** Runs a statement without parameters and result. */
    void command(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    CopyIn copyIn(String sql) throws SQLException {
        return new CopyManager(connection).copyIn(sql);
    }

    /**
     * One parameter.
     *
     * @param value in binary format, the whole array; not copied
     * @param type  oid
     */
    @SuppressWarnings("ArrayRecordComponent")
    record BinaryParameter(byte[] value, int type) {}

    private static final class Outcome extends ResultHandlerBase {
        private long rows;

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertOid) {
            rows += updateCount;
        }
    }
}
