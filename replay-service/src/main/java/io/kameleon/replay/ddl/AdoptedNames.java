package io.kameleon.replay.ddl;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Gives what another tool has made the names under which the stream looks for it: enum types and the primary key. Secondary indexes keep
 * theirs. In the caller's transaction; one thread, as its connection.
 */
public final class AdoptedNames {
    private final Connection connection;
    private final DdlWriter ddl;

    public AdoptedNames(Connection connection, DdlWriter ddl) {
        this.connection = connection;
        this.ddl = ddl;
    }

    /** @throws io.kameleon.schemas.error.ReplicationException TYPE_UNSUPPORTED, NAME_CONFLICT, SCHEMA_CHANGE_FAILED, ... */
    public void take(TableDefinition definition, String destinationSchema) throws SQLException {
        TableModel table = ddl.model(definition, destinationSchema);
        var runner = new StatementRunner(connection, Map.of("table", definition.id()));
        for (ColumnDefinition column : table.enumColumns()) {
            String wanted = table.enumType(column);
            Optional<String> type = name(
                    "SELECT t.typname FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                            + " WHERE a.attrelid = to_regclass(?) AND a.attname = ? AND t.typtype = 'e'"
                            + " AND t.typnamespace = (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = a.attrelid)",
                    table.qualifiedName(),
                    DestinationNames.column(column.name()));
            type.filter(found -> !found.equals(wanted))
                    .ifPresent(found -> runner.run("ALTER TYPE " + SqlText.qualified(destinationSchema, found)
                            + " RENAME TO " + SqlText.identifier(wanted)));
        }
        Optional<String> key = name(
                "SELECT conname FROM pg_catalog.pg_constraint WHERE conrelid = to_regclass(?) AND contype = 'p'",
                table.qualifiedName());
        key.filter(found -> !found.equals(table.primaryKeyName()))
                .ifPresent(found -> runner.run("ALTER TABLE " + table.qualifiedName() + " RENAME CONSTRAINT "
                        + SqlText.identifier(found) + " TO " + SqlText.identifier(table.primaryKeyName())));
    }

    private Optional<String> name(String sql, String... parameters) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
