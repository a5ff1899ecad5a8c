package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The structure side of an initial copy with {@code keep_existing_schema}: the destination's own tables stay, with their types
 * and indexes, and are emptied.
 */
public final class ExistingSchema {
    private static final String COLUMNS =
            "SELECT a.attname, a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS required"
                    + " FROM pg_catalog.pg_attribute a WHERE a.attrelid = pg_catalog.to_regclass(?)"
                    + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

    private final String destinationSchema;

    public ExistingSchema(String destinationSchema) {
        this.destinationSchema = requireNonNull(destinationSchema, "destinationSchema");
    }

    /** {@code "schema"."name"} of the table. */
    public String qualifiedName(TableDefinition table) {
        return DdlWriter.qualifiedName(table, destinationSchema);
    }

    /**
     * Checks that the table can take the source's rows: every column is there, and no other column demands a value.
     *
     * @throws ReplicationException TABLE_UNKNOWN, COLUMN_MISSING, TABLE_DEFINITION_MISMATCH; DESTINATION_UNREACHABLE
     */
    public void verify(Connection connection, TableDefinition table) {
        Map<String, Boolean> required = columns(connection, table);
        if (required.isEmpty()) {
            throw failure(ErrorCode.TABLE_UNKNOWN, "The table is not in the destination", table, "Create it");
        }
        for (ColumnDefinition column : table.columns()) {
            if (required.remove(DestinationNames.column(column.name())) == null) {
                String what = "Column '" + column.name() + "' of the source is not in the destination";
                throw failure(ErrorCode.COLUMN_MISSING, what, table, "Add it");
            }
        }
        required.values().removeIf(r -> !r);
        if (!required.isEmpty()) {
            String what = "The destination has columns that must have a value and are not in the source: "
                    + String.join(", ", required.keySet().stream().sorted().toList());
            throw failure(ErrorCode.TABLE_DEFINITION_MISMATCH, what, table, "Give them a default");
        }
    }

    /** One statement for all: tables that reference each other can only be emptied together. */
    public List<String> truncate(List<TableDefinition> tables) {
        var names = new ArrayList<String>();
        tables.forEach(t -> names.add(qualifiedName(t)));
        return names.isEmpty() ? List.of() : List.of("TRUNCATE TABLE " + String.join(", ", names));
    }

    private Map<String, Boolean> columns(Connection connection, TableDefinition table) {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, qualifiedName(table));
            return read(statement);
        } catch (SQLException e) {
            throw StatementRunner.failure(e, COLUMNS, Map.of("table", table.id()));
        }
    }

    private static Map<String, Boolean> read(PreparedStatement statement) throws SQLException {
        var columns = new HashMap<String, Boolean>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                columns.put(rows.getString(1), rows.getBoolean(2));
            }
        }
        return columns;
    }

    private static ReplicationException failure(ErrorCode code, String what, TableDefinition table, String remedy) {
        return new ReplicationException(
                code,
                what,
                Map.of("table", table.id()),
                remedy + " in PostgreSQL, or switch keep_existing_schema off, then copy again.");
    }
}
