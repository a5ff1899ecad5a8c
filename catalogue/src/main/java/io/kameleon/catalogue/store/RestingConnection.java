package io.kameleon.catalogue.store;

import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connection of one piece of work for the next one, for {@value #REST_SECONDS} seconds: a login costs PostgreSQL a process
 * and both sides more than the work of a service that looks every second. Who asks meanwhile gets a connection of its own.
 *
 * <p>Thread-safe.
 */
final class RestingConnection {
    /** Longer than the pause between two renewals of a lease. */
    private static final int REST_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(RestingConnection.class);
    private static final Executor LATER = CompletableFuture.delayedExecutor(REST_SECONDS, TimeUnit.SECONDS);

    private final PgConnections connections;
    private final String role;
    private final AtomicReference<Rest> resting = new AtomicReference<>();

    /** One rest of a connection, told from its next one. */
    private record Rest(Connection connection) {}

    /** @param role as in {@link PgConnections#open} */
    RestingConnection(PgConnections connections, String role) {
        this.connections = connections;
        this.role = role;
    }

    /**
     * A connection in autocommit mode, its session as {@link PgConnections#open} makes it. The caller closes it or lets it rest.
     *
     * @throws ReplicationException as {@link PgConnections#open}
     */
    Connection take() {
        Rest rest = resting.getAndSet(null);
        if (rest != null) {
            try {
                connections.reset(rest.connection);
                return rest.connection;
            } catch (SQLException e) {
                LOG.debug("The connection has ended while it rested role={} cause=\"{}\"", role, e.getMessage());
                discard(rest.connection);
            }
        }
        return connections.open(role);
    }

    /** Takes a connection with which all went well; closes it when another one rests, or when it is not in autocommit mode. */
    void rest(Connection connection) throws SQLException {
        var rest = new Rest(connection);
        if (!connection.isClosed() && connection.getAutoCommit() && resting.compareAndSet(null, rest)) {
            LATER.execute(() -> end(rest));
        } else {
            discard(connection); // what it was for is done
        }
    }

    private void end(Rest rest) {
        if (resting.compareAndSet(rest, null)) {
            discard(rest.connection);
        }
    }

    /** Closes a connection that is not to be used again; never fails. */
    void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The connection was not closed properly role={} cause=\"{}\"", role, e.getMessage());
        }
    }
}
