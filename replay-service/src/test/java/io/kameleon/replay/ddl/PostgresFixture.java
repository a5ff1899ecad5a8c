package io.kameleon.replay.ddl;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One session on a PostgreSQL server of this test alone; with {@code -Dpostgres.url=jdbc:postgresql:...} on that server, to try
 * another version.
 */
final class PostgresFixture implements AutoCloseable {
    /** Null when the server is not ours. */
    private final EmbeddedPostgres server;

    private final Connection connection;

    PostgresFixture() throws IOException, SQLException {
        String url = System.getProperty("postgres.url", "");
        server = url.isEmpty() ? EmbeddedPostgres.start() : null;
        connection = url.isEmpty() ? server.getPostgresDatabase().getConnection() : DriverManager.getConnection(url);
    }

    Connection connection() {
        return connection;
    }

    void run(String... statements) {
        new StatementRunner(connection, Map.of()).run(List.of(statements));
    }

    void run(List<String> statements) {
        new StatementRunner(connection, Map.of()).run(statements);
    }

    /** All or nothing. */
    void runInTransaction(List<String> statements) throws SQLException {
        connection.setAutoCommit(false);
        try {
            run(statements);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    void newSchema(String name) {
        run(
                "DROP SCHEMA IF EXISTS " + SqlText.identifier(name) + " CASCADE",
                "CREATE SCHEMA " + SqlText.identifier(name));
    }

    /** Rows as text, columns separated by {@code |}; null as {@code ~}. */
    List<String> rows(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i) == null ? "~" : rows.getString(i));
                }
                found.add(String.join("|", row));
            }
            return found;
        }
    }

    /** Everything that makes up a schema's structure, one line per fact, without the schema's name; column order is left out. */
    List<String> structure(String schema) throws SQLException {
        run("SET search_path TO " + SqlText.identifier(schema));
        String in = " WHERE n.nspname = " + SqlText.literal(schema);
        var facts = new ArrayList<String>();
        facts.addAll(rows("SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
                + " pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum) FROM pg_class c"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum" + in
                + " AND c.relkind = 'r' ORDER BY c.relname, a.attname"));
        facts.addAll(rows("SELECT 'relation', c.relname, c.relkind, obj_description(c.oid, 'pg_class'), c.reloptions"
                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace" + in + " ORDER BY c.relname"));
        facts.addAll(
                rows("SELECT 'index', indexname, replace(indexdef, quote_ident(schemaname) || '.', '') FROM pg_indexes"
                        + " WHERE schemaname = " + SqlText.literal(schema) + " ORDER BY indexname"));
        facts.addAll(rows("SELECT 'constraint', o.conrelid::regclass::text, o.conname, pg_get_constraintdef(o.oid)"
                + " FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace" + in
                + " AND o.contype <> 'n' ORDER BY 2, 3"));
        facts.addAll(rows("SELECT 'type', t.typname, array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_type t"
                + " JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid" + in
                + " GROUP BY t.typname ORDER BY t.typname"));
        run("RESET search_path");
        return facts;
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        if (server != null) {
            server.close();
        }
    }
}
