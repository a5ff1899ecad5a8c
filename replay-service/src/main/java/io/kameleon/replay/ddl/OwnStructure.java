package io.kameleon.replay.ddl;

import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the source's server did by itself and PostgreSQL has to do once it is a database of its own: number new rows, set the time of a
 * change, fill in defaults. While replicating the row images carry all of it. Whatever is there already stays: a second run changes
 * nothing but sequences, and those only upwards. Immutable.
 */
public final class OwnStructure {
    private final TypeMapping types;
    private final Map<String, String> schemaMappings;

    /** @param schemaMappings origin schema to destination schema */
    public OwnStructure(TypeMapping types, Map<String, String> schemaMappings) {
        this.types = types;
        this.schemaMappings = Map.copyOf(schemaMappings);
    }

    /** What PostgreSQL has of a column. */
    private record Found(boolean hasDefault, boolean generated) {}

    /**
     * Completes one table, in the caller's transaction; nothing happens when PostgreSQL does not have it.
     *
     * @param autoIncrement the source's next value; empty when it is not known or the table has none
     * @return what the table will not have, one sentence each
     * @throws ReplicationException SCHEMA_CHANGE_FAILED, TYPE_UNSUPPORTED, DESTINATION_ACCESS_DENIED, ...
     */
    public List<String> complete(Connection connection, TableDefinition definition, Optional<BigDecimal> autoIncrement)
            throws SQLException {
        var table =
                new TableModel(definition, schemaMappings.get(definition.id().schema()), types);
        Map<String, Found> columns = columns(connection, table);
        if (columns.isEmpty()) {
            return List.of();
        }
        var runner = new StatementRunner(connection, Map.of("table", definition.id()));
        var notes = new ArrayList<String>();
        for (ColumnDefinition column : table.definition().columns()) {
            Found found = columns.get(DestinationNames.column(column.name()));
            if (found != null && column.autoIncrement()) {
                new AutoIncrement(table, column).make(connection, runner, autoIncrement);
            } else if (found != null && !found.hasDefault() && !found.generated()) {
                addDefault(connection, runner, table, column).ifPresent(notes::add);
            }
        }
        runner.run(UpdateTimeTrigger.statements(table));
        notes.addAll(notes(table, columns));
        return notes;
    }

    /** A table that was there before may have a type that does not take it; that costs the default, not the table. */
    private static Optional<String> addDefault(
            Connection connection, StatementRunner runner, TableModel table, ColumnDefinition column)
            throws SQLException {
        Optional<String> value = table.defaultExpression(column);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Savepoint before = connection.setSavepoint();
        try {
            runner.run("ALTER TABLE " + table.qualifiedName() + " ALTER COLUMN " + name(column) + " SET DEFAULT "
                    + value.get());
            connection.releaseSavepoint(before);
            return Optional.empty();
        } catch (ReplicationException e) {
            if (e.code() != ErrorCode.SCHEMA_CHANGE_FAILED) {
                throw e;
            }
            connection.rollback(before);
            return Optional.of("Column '" + column.name() + "' of "
                    + table.definition().id() + " gets no default: PostgreSQL refuses it");
        }
    }

    private static List<String> notes(TableModel table, Map<String, Found> columns) {
        var notes = new ArrayList<>(DdlWriter.notes(table));
        TableId id = table.definition().id();
        for (ColumnDefinition column : table.definition().columns()) {
            Found found = columns.get(DestinationNames.column(column.name()));
            if (column.generated() && (found == null || !found.generated())) {
                notes.add("Column '" + column.name() + "' of " + id
                        + " was computed by the source; in PostgreSQL it is a plain column");
            }
        }
        return notes;
    }

    private static String name(ColumnDefinition column) {
        return SqlText.identifier(DestinationNames.column(column.name()));
    }

    private static Map<String, Found> columns(Connection connection, TableModel table) throws SQLException {
        var columns = new HashMap<String, Found>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT attname, atthasdef, attgenerated <> '' FROM pg_catalog.pg_attribute"
                        + " WHERE attrelid = pg_catalog.to_regclass(?) AND attnum > 0 AND NOT attisdropped")) {
            query.setString(1, table.qualifiedName());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.put(row.getString(1), new Found(row.getBoolean(2), row.getBoolean(3)));
                }
            }
        }
        return columns;
    }
}
