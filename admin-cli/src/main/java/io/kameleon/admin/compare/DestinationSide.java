package io.kameleon.admin.compare;

import io.kameleon.replay.apply.DestinationErrors;
import io.kameleon.replay.ddl.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A table on PostgreSQL; the connection has a transaction open, so that the driver reads by a cursor. */
final class DestinationSide implements TableSide {
    private final Connection connection;
    private final String select;
    private final List<ValueReader> readers;
    private final int fetchRows;

    DestinationSide(Connection connection, CompareTarget target, List<ComparedColumn> columns, int fetchRows) {
        this.connection = connection;
        this.fetchRows = fetchRows;
        this.readers = columns.stream().map(c -> c.destination().reader()).toList();
        this.select =
                columns.stream().map(c -> c.destination().expression()).collect(Collectors.joining(", ", "SELECT ", ""))
                        + " FROM " + SqlText.qualified(target.destinationSchema(), target.destinationTable());
    }

    @Override
    public void read(String predicate, RowVisitor visitor, BooleanSupplier stopped) {
        String sql = predicate.isEmpty() ? select : select + " WHERE " + predicate;
        try (Statement statement = connection.createStatement()) {
            RowLoop.run(statement, sql, fetchRows, readers, visitor, stopped);
        } catch (SQLException e) {
            if (!stopped.getAsBoolean()) {
                throw DestinationErrors.translate(e, null);
            }
        }
    }
}
