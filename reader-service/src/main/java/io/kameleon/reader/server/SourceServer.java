package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A session on a source server, MySQL or MariaDB.
 *
 * <p>Values come as the rows hold them, whatever the server's defaults are: UTC, utf8mb4, REPEATABLE READ, no row or time
 * limit, and a SQL mode that neither changes text nor refuses zero and invalid dates.
 *
 * <p>One thread at a time; {@link #abort()} may come from another thread. Every error is a {@link ReplicationException}:
 * SOURCE_UNREACHABLE may be retried on a new session, the others not.
 */
public final class SourceServer implements AutoCloseable {
    private final SourceAddress address;
    private final Connection connection;
    private final ServerFacts facts;

    private SourceServer(SourceAddress address, Connection connection, ServerFacts known) {
        this.address = address;
        this.connection = connection;
        this.facts = known == null ? new FactsReader(this).read() : known;
    }

    /**
     * Opens a session and reads the server's facts.
     *
     * @throws ReplicationException SOURCE_UNREACHABLE, SOURCE_ACCESS_DENIED, or SOURCE_SETTING when TLS fails
     */
    public static SourceServer connect(SourceAddress address) {
        return open(address, null);
    }

    /** A second session to the same address, which takes the facts over. */
    public SourceServer another() {
        return open(address, facts);
    }

    private static SourceServer open(SourceAddress address, ServerFacts known) {
        Connection connection = SourceConnections.open(requireNonNull(address, "address"));
        try {
            var server = new SourceServer(address, connection, known);
            SessionSettings.apply(server);
            return server;
        } catch (RuntimeException e) {
            closeQuietly(connection, e);
            throw e;
        }
    }

    private static void closeQuietly(Connection connection, RuntimeException first) {
        try {
            connection.close();
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
    }

    public SourceAddress address() {
        return address;
    }

    public ServerFacts facts() {
        return facts;
    }

    /** The driver's connection, for what this class does not offer. Its session settings must be left alone. */
    public Connection connection() {
        return connection;
    }

    /** Runs a statement whose result does not matter. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e, doing(sql));
        }
    }

    /** Runs a query and hands over each row. */
    public void each(String sql, RowVisitor visitor, String... parameters) {
        try {
            eachRow(sql, visitor, parameters);
        } catch (SQLException e) {
            throw failure(e, doing(sql));
        }
    }

    /** As {@link #each}, for callers that decide themselves what the server's refusal means. */
    void eachRow(String sql, RowVisitor visitor, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(rows);
                }
            }
        }
    }

    /** Every row of a query as a value, in order. */
    public <T> List<T> list(String sql, RowReader<T> reader, String... parameters) {
        var values = new ArrayList<T>();
        each(sql, row -> values.add(reader.read(row)), parameters);
        return values;
    }

    /** The first column of the first row as text; null when there is no row or the value is NULL. */
    public String value(String sql, String... parameters) {
        List<String> values = list(sql, row -> row.getString(1), parameters);
        return values.isEmpty() ? null : values.get(0);
    }

    /** How long this session waits for a table lock, from now on; whole seconds, at least one. */
    public void lockWaitTimeout(Duration timeout) {
        execute("SET SESSION lock_wait_timeout = " + Math.max(1, timeout.toSeconds()));
    }

    /** The error of a statement on this session, as one of ours. */
    public ReplicationException failure(SQLException error, String doing) {
        return SourceErrors.translate(error, address, doing);
    }

    /** Cuts the connection at once, even in the middle of a result; what runs on it fails. The session is unusable then. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw failure(e, "ending the session");
        }
    }

    /** Whether this side has ended the session. A session that the server has ended may not show it. */
    public boolean isClosed() {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            throw failure(e, "looking at the session");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e, "closing the session");
        }
    }

    @Override
    public String toString() {
        return facts.flavour() + " " + facts.version() + ", " + address;
    }

    /** The statement's leading words, without anything that could be a value. */
    private static String doing(String sql) {
        String[] words = sql.strip().split("\\s+", 4);
        int count = words[0].equalsIgnoreCase("SELECT") ? 1 : Math.min(words.length, 3);
        return String.join(" ", List.of(words).subList(0, count)).replaceAll("[^A-Za-z ]", "");
    }

    /** Takes one row; the result set stands on it and must not be moved. */
    @FunctionalInterface
    public interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    /** Makes a value of one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
