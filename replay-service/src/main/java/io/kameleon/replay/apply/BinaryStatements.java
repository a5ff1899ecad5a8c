package io.kameleon.replay.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
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
     * @return rows that the statement deleted, updated or inserted; 0 of one that reads, of which pgjdbc reports nothing
     */
    long execute(String sql, BinaryParameter... parameters) throws SQLException {
        var outcome = new Outcome();
        execute(List.of(new BinaryStatement(sql, List.of(parameters))), outcome);
        return outcome.rows.isEmpty() ? 0 : outcome.rows.get(0);
    }

    /**
     * Runs statements one after the other in one trip to the server. The first that fails is the last that is run.
     *
     * @param together none that reads: its place in the outcome would be missing
     * @param outcome  filled in with what was run, after a failure too
     */
    void execute(List<BinaryStatement> together, Outcome outcome) throws SQLException {
        var cached = new ArrayList<CachedQuery>(together.size());
        try {
            for (BinaryStatement statement : together) {
                cached.add(executor.borrowQuery(statement.sql));
            }
            Query query = together.size() == 1 ? cached.get(0).query : JoinedQuery.of(cached);
            executor.execute(query, parameters(query, together), outcome, MAX_ROWS, FETCH_SIZE, FLAGS);
        } finally {
            cached.forEach(executor::releaseQuery);
        }
    }

    private ParameterList parameters(Query query, List<BinaryStatement> together) throws SQLException {
        ParameterList list = together.size() == 1 ? query.createParameterList() : joinedParameters(together);
        int index = 0;
        for (BinaryStatement statement : together) {
            for (BinaryParameter parameter : statement.parameters) {
                list.setBinaryParameter(++index, parameter.value(), parameter.type());
            }
        }
        return list;
    }

    /** pgjdbc makes such a list only for a text of several statements; of this one nothing but the number of parameters matters. */
    private ParameterList joinedParameters(List<BinaryStatement> together) throws SQLException {
        String text = together.stream()
                .map(statement -> "SELECT " + "?,".repeat(statement.parameters.size() - 1) + "?")
                .collect(Collectors.joining(";"));
        return executor.createQuery(text, false, true).query.createParameterList();
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

    /**
     * A statement to run.
     *
     * @param sql        with one {@code ?} per parameter
     * @param parameters one at least
     */
    record BinaryStatement(String sql, List<BinaryParameter> parameters) {
        long bytes() {
            return parameters.stream()
                    .mapToLong(parameter -> parameter.value.length)
                    .sum();
        }
    }

    /** How many rows each of the statements that were run deleted, updated or inserted. */
    static final class Outcome extends ResultHandlerBase {
        private final List<Long> rows = new ArrayList<>();

        List<Long> rows() {
            return rows;
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertOid) {
            rows.add(updateCount);
        }
    }
}
