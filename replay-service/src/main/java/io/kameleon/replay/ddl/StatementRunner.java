package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs DDL statements on a connection, in the caller's transaction: it neither commits nor rolls back. One thread only, as the
 * connection.
 */
public final class StatementRunner {
    /** Enough of a statement to know it by. */
    private static final int SHOWN_CHARACTERS_MAX = 200;
    /** Their locks have to fit into PostgreSQL's lock table, which has 64 for each connection by default. */
    private static final int STATEMENTS_AT_ONCE = 100;

    private final Connection connection;
    private final Map<String, ?> where;

    /** @param where put into the errors, e.g. the table */
    public StatementRunner(Connection connection, Map<String, ?> where) {
        this.connection = requireNonNull(connection, "connection");
        this.where = new LinkedHashMap<>(where);
    }

    /**
     * @throws ReplicationException DESTINATION_UNREACHABLE (retry; also for locks and lack of resources), DESTINATION_ACCESS_DENIED, or SCHEMA_CHANGE_FAILED with the
     *     statement's beginning and the SQLSTATE
     */
    public void run(List<String> statements) {
        for (String sql : statements) {
            run(sql);
        }
    }

    /**
     * As {@link #run(List)}, many statements in one round trip and one transaction of their own: for a connection in auto-commit
     * mode. When PostgreSQL refuses some, they are run one by one, so that the error names the statement, and those before it stay.
     */
    public void runTogether(List<String> statements) {
        for (int from = 0; from < statements.size(); from += STATEMENTS_AT_ONCE) {
            List<String> some = statements.subList(from, Math.min(from + STATEMENTS_AT_ONCE, statements.size()));
            try {
                run(String.join(";\n", some));
            } catch (ReplicationException e) {
                if (e.code() != ErrorCode.SCHEMA_CHANGE_FAILED) {
                    throw e;
                }
                run(some);
            }
        }
    }

    public void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e, sql, where);
        }
    }

    static ReplicationException failure(SQLException e, String sql, Map<String, ?> where) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        var place = new LinkedHashMap<String, Object>(where);
        place.put("sqlstate", state);
        place.put("statement", shown(sql));
        if (state.isEmpty() || state.startsWith("08") || state.startsWith("57P")) {
            return new ReplicationException(
                    ErrorCode.DESTINATION_UNREACHABLE,
                    "PostgreSQL went away during a change of structure",
                    place,
                    "Check that the server runs and can be reached.",
                    e);
        }
        if (isPassing(state)) {
            return new ReplicationException(
                    ErrorCode.DESTINATION_UNREACHABLE,
                    "PostgreSQL could not change the structure now: a lock, a deadlock or a lack of resources",
                    place,
                    "Look for long transactions on the table, and at PostgreSQL's disk and memory.",
                    e);
        }
        if (state.equals("42501")) {
            return new ReplicationException(
                    ErrorCode.DESTINATION_ACCESS_DENIED,
                    "The PostgreSQL user may not change the structure",
                    place,
                    "Make it the owner of the destination schema, with CREATE on the database.",
                    e);
        }
        return new ReplicationException(
                ErrorCode.SCHEMA_CHANGE_FAILED,
                "PostgreSQL refused a change of structure",
                place,
                "Remove what stands in the way (PostgreSQL's log has the details), then copy the table again.",
                e);
    }

    /** Deadlock, serialization failure, lock timeout, statement timeout; disk, memory or connections used up. */
    private static boolean isPassing(String state) {
        return state.startsWith("40") || state.startsWith("53") || state.equals("55P03") || state.equals("57014");
    }

    private static String shown(String sql) {
        return sql.length() <= SHOWN_CHARACTERS_MAX ? sql : sql.substring(0, SHOWN_CHARACTERS_MAX) + "...";
    }
}
