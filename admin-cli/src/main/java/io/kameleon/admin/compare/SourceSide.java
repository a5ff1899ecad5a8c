package io.kameleon.admin.compare;

import io.kameleon.reader.server.Identifiers;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.table.TableId;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A table on MySQL or MariaDB. */
final class SourceSide implements TableSide {
    private final SourceServer server;
    private final String select;
    private final List<ValueReader> readers;
    private final int fetchRows;

    SourceSide(SourceServer server, TableId table, List<ComparedColumn> columns, int fetchRows) {
        this.server = server;
        this.fetchRows = fetchRows;
        this.readers = columns.stream().map(c -> c.source().reader()).toList();
        this.select =
                columns.stream().map(c -> c.source().expression()).collect(Collectors.joining(", ", "SELECT ", ""))
                        + " FROM " + Identifiers.quote(table);
    }

    @Override
    public void read(String predicate, RowVisitor visitor, BooleanSupplier stopped) {
        String sql = predicate.isEmpty() ? select : select + " WHERE " + predicate;
        try (Statement statement = server.connection().createStatement()) {
            RowLoop.run(statement, sql, fetchRows, readers, visitor, stopped);
        } catch (SQLException e) {
            if (!stopped.getAsBoolean()) {
                throw server.failure(e, "reading a table to compare it");
            }
        }
    }
}
