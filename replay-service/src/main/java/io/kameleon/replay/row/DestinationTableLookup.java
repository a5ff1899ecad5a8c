package io.kameleon.replay.row;

import io.kameleon.replay.row.DestinationTable.Column;
import io.kameleon.replay.row.DestinationTable.Comparison;
import io.kameleon.replay.row.DestinationTable.UniqueIndex;
import io.kameleon.replay.row.DestinationTable.ValueType;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a table's structure from PostgreSQL's catalogue, in one round trip. Sees what the connection's transaction sees,
 * so a table that the transaction itself made is found.
 */
public final class DestinationTableLookup {
    private static final String COLUMNS = """
            SELECT c.relkind, c.reltype::int8, r.typarray::int8, a.attname, a.atttypid::int8,
                   CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END,
                   a.attnotnull, a.attgenerated <> '', v.oid::int8, v.typname, v.typtype, v.typcategory, v.typelem::int8,
                   coalesce(l.collisdeterministic, true)
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_type r ON r.oid = c.reltype
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
              JOIN pg_catalog.pg_type v ON v.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
              LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
             ORDER BY a.attnum""";

    private static final String UNIQUE_INDEXES = """
            SELECT x.relname, i.indisprimary, a.attname, pg_catalog.pg_get_indexdef(i.indexrelid, k.n, false),
                   coalesce(pg_catalog.pg_get_expr(i.indpred, i.indrelid), '')
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisunique
              JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
             CROSS JOIN LATERAL pg_catalog.generate_series(1, i.indnkeyatts) AS k(n)
              LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[k.n - 1]
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
             ORDER BY i.indisprimary DESC, i.indexrelid, k.n""";

    private DestinationTableLookup() {}

    /**
     * @param schema as in the catalogue, unquoted
     * @throws ReplicationException TABLE_UNKNOWN when there is no such table
     * @throws SQLException         whatever the connection raises
     */
    public static DestinationTable find(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + ";\n" + UNIQUE_INDEXES)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            statement.setString(3, schema);
            statement.setString(4, table);
            statement.execute();
            var builder = new Builder(schema, table);
            try (ResultSet columns = statement.getResultSet()) {
                builder.readColumns(columns);
            }
            statement.getMoreResults();
            try (ResultSet indexes = statement.getResultSet()) {
                builder.readIndexes(indexes);
            }
            return builder.build();
        }
    }

    /** Collects the rows of both queries. */
    private static final class Builder {
        private final String schema;
        private final String table;
        private final List<Column> columns = new ArrayList<>();
        private final List<String> primaryKey = new ArrayList<>();
        private final List<UniqueIndex> indexes = new ArrayList<>();
        private boolean partitioned;
        private int rowType;
        private int rowArrayType;

        Builder(String schema, String table) {
            this.schema = schema;
            this.table = table;
        }

        void readColumns(ResultSet rows) throws SQLException {
            while (rows.next()) {
                partitioned = rows.getString(1).equals("p");
                rowType = (int) rows.getLong(2);
                rowArrayType = (int) rows.getLong(3);
                columns.add(column(rows));
            }
        }

        private static Column column(ResultSet row) throws SQLException {
            var type = new ValueType(
                    (int) row.getLong(9),
                    row.getString(10),
                    row.getString(11).charAt(0),
                    row.getString(12).charAt(0),
                    (int) row.getLong(13));
            return new Column(
                    row.getString(4),
                    (int) row.getLong(5),
                    type,
                    row.getInt(6),
                    row.getBoolean(7),
                    row.getBoolean(8),
                    comparison(type, row.getBoolean(14)));
        }

        private static Comparison comparison(ValueType type, boolean deterministicCollation) {
            boolean folds = type.name().equals("citext") || !deterministicCollation;
            return folds || !tellsApart(type.name()) ? Comparison.TEXT : Comparison.EQUALITY;
        }

        /** json, xml and point have no equality; that of the others takes 0 for -0, or 1.0 for 1. */
        private static boolean tellsApart(String type) {
            return switch (type) {
                case "json", "xml", "point", "jsonb", "float4", "float8", "_float4", "_float8", "geometry", "vector" ->
                    false;
                default -> true;
            };
        }

        void readIndexes(ResultSet rows) throws SQLException {
            String current = "";
            var parts = new ArrayList<String>();
            var expressions = new ArrayList<String>();
            String predicate = "";
            while (rows.next()) {
                if (!rows.getString(1).equals(current)) {
                    addIndex(current, parts, expressions, predicate);
                    current = rows.getString(1);
                    predicate = rows.getString(5);
                }
                if (rows.getBoolean(2)) {
                    primaryKey.add(rows.getString(3));
                }
                if (rows.getString(3) != null) {
                    parts.add(rows.getString(3));
                }
                expressions.add(rows.getString(4));
            }
            addIndex(current, parts, expressions, predicate);
        }

        private void addIndex(String name, List<String> parts, List<String> expressions, String predicate) {
            if (!name.isEmpty()) {
                boolean plain = parts.size() == expressions.size();
                indexes.add(new UniqueIndex(name, parts, expressions, plain, predicate));
            }
            parts.clear();
            expressions.clear();
        }

        DestinationTable build() {
            if (columns.isEmpty()) {
                throw new ReplicationException(
                        ErrorCode.TABLE_UNKNOWN,
                        "The destination has no such table",
                        Map.of("table", schema + "." + table),
                        "Create it, or copy the source again with 'kameleon init_replica'.");
            }
            return new DestinationTable(
                    schema, table, partitioned, rowType, rowArrayType, columns, primaryKey, indexes);
        }
    }
}
