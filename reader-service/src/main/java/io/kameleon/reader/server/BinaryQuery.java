package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import org.mariadb.jdbc.client.Client;

/**
 * Runs a query by the binary protocol and hands over each row as the packet that the server sent: numbers and dates come in a fixed
 * layout instead of as text, and nothing is made per value or row. Memory holds one row.
 *
 * <p>Connecting, TLS and log-in are the driver's, and so are its packets; only what is in them is read here. One thread, on a
 * connection that does nothing else meanwhile. When the reading ends early, by an error or by the receiver, the rest of the result
 * still stands in the connection: it has to be cut.
 *
 * <p>Needs one prepared statement of the server while it runs ({@code max_prepared_stmt_count}).
 */
public final class BinaryQuery {
    private final Client client;

    /** @throws SQLException when the connection is not the driver's */
    public BinaryQuery(Connection connection) throws SQLException {
        client = requireNonNull(connection, "connection")
                .unwrap(org.mariadb.jdbc.Connection.class)
                .getClient();
    }

    /**
     * @param sql one SELECT without parameters
     * @return rows
     * @throws SQLException the server's refusal, or a lost connection
     */
    public long run(String sql, RowPackets receiver) throws SQLException {
        var prepare = new StatementMessages.Prepare(sql);
        client.execute(prepare, false);
        var execute = new StatementMessages.Execute(prepare.statement(), prepare.types(), receiver);
        client.execute(execute, false);
        client.execute(new StatementMessages.Close(prepare.statement()), false);
        return execute.rows();
    }
}
