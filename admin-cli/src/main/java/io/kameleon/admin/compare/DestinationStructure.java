package io.kameleon.admin.compare;

import io.kameleon.admin.compare.DestinationColumn.TypeClass;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table as PostgreSQL has it.
 *
 * @param columns    by name, in order; empty when there is no such table
 * @param primaryKey column names in key order
 */
record DestinationStructure(Map<String, DestinationColumn> columns, List<String> primaryKey) {
    private static final String COLUMNS = """
            SELECT a.attname, coalesce(b.typname, t.typname), coalesce(b.typtype, t.typtype) = 'e', a.attnotnull
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
            ORDER BY a.attnum
            """;

    private static final String PRIMARY_KEY = """
            SELECT a.attname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
            WHERE n.nspname = ? AND c.relname = ?
            ORDER BY k.position
            """;

    boolean exists() {
        return !columns.isEmpty();
    }

    static DestinationStructure read(Connection connection, String schema, String table) throws SQLException {
        var columns = new LinkedHashMap<String, DestinationColumn>();
        try (PreparedStatement query = query(connection, COLUMNS, schema, table);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                TypeClass typeClass = row.getBoolean(3) ? TypeClass.ENUM : TypeClass.BASE;
                var column = new DestinationColumn(row.getString(1), row.getString(2), typeClass, row.getBoolean(4));
                columns.put(column.name(), column);
            }
        }
        var primaryKey = new ArrayList<String>();
        try (PreparedStatement query = query(connection, PRIMARY_KEY, schema, table);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                primaryKey.add(row.getString(1));
            }
        }
        return new DestinationStructure(columns, primaryKey);
    }

    private static PreparedStatement query(Connection connection, String sql, String schema, String table)
            throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setString(1, schema);
        query.setString(2, table);
        return query;
    }
}
