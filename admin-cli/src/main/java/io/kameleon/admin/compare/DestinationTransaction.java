package io.kameleon.admin.compare;

import io.kameleon.replay.apply.DestinationErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A reading transaction whose settings decide how PostgreSQL prints values; closing it leaves the session as it was.
 *
 * <p>READ COMMITTED: each statement sees what is committed when it starts, so that a second look sees newer rows.
 */
final class DestinationTransaction implements AutoCloseable {
    private static final String SETTINGS = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY;"
            + " SET LOCAL TIME ZONE 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 3;"
            + " SET LOCAL bytea_output = 'hex'; SET LOCAL statement_timeout = 0";

    private final Connection connection;
    private final boolean autoCommit;

    private DestinationTransaction(Connection connection, boolean autoCommit) {
        this.connection = connection;
        this.autoCommit = autoCommit;
    }

    static DestinationTransaction open(Connection connection) {
        try {
            var transaction = new DestinationTransaction(connection, connection.getAutoCommit());
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
            }
            return transaction;
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, null);
        }
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, null);
        }
    }
}
