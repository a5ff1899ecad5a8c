package io.kameleon.replay.ddl;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What hangs on a table of the destination and would slow down or forbid a load: indexes and constraints other than the primary key, and
 * foreign keys. Each with the statements that take it away and make it again. Of a table that belongs to another role nothing is listed:
 * it cannot be taken away. One thread, as its connection.
 */
public final class TableParts {
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private static final String OWNED =
            " JOIN pg_catalog.pg_class t ON t.oid = con.conrelid AND pg_has_role(t.relowner, 'USAGE')";

    /** Constraints before plain indexes; an index of a constraint, a key or a partitioned table is no part of its own. */
    private static final String INDEXES =
            "SELECT con.conname AS name, format('ALTER TABLE %1$s DROP CONSTRAINT %2$I', con.conrelid::regclass, con.conname),"
                    + " format('ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s', con.conrelid::regclass, con.conname,"
                    + " pg_get_constraintdef(con.oid)) FROM pg_catalog.pg_constraint con"
                    + OWNED + " WHERE con.conrelid = to_regclass(?) AND con.contype IN ('u', 'x')"
                    + " UNION ALL SELECT c.relname, format('DROP INDEX %s', c.oid::regclass), pg_get_indexdef(c.oid)"
                    + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
                    + " AND pg_has_role(c.relowner, 'USAGE') WHERE i.indrelid = to_regclass(?) AND NOT i.indisprimary AND NOT i.indisreplident AND i.indisvalid"
                    + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint con WHERE con.conindid = c.oid"
                    + " AND con.contype IN ('u', 'x', 'p')) ORDER BY 1";

    private static final String KEYS =
            "SELECT con.conname AS name, format('ALTER TABLE %1$s DROP CONSTRAINT %2$I', con.conrelid::regclass, con.conname),"
                    + " format('ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s', con.conrelid::regclass, con.conname,"
                    + " pg_get_constraintdef(con.oid)) FROM pg_catalog.pg_constraint con"
                    + OWNED + " WHERE con.contype = 'f' AND con.conparentid = 0";

    private TableParts() {}

    /** @param make with names that are qualified, so that it can run on any connection */
    public record Part(String name, String drop, String make) {}

    /** Not the primary key. @param table qualified and quoted */
    public static List<Part> indexes(Connection connection, String table) throws SQLException {
        return list(connection, INDEXES, table, table);
    }

    /** Foreign keys that the table has. @param table qualified and quoted */
    public static List<Part> foreignKeys(Connection connection, String table) throws SQLException {
        return list(connection, KEYS + " AND con.conrelid = to_regclass(?) ORDER BY 1", table);
    }

    /** Also those of others that refer to it. @param table qualified and quoted */
    public static List<Part> foreignKeysAround(Connection connection, String table) throws SQLException {
        return list(connection, KEYS + " AND to_regclass(?) IN (con.conrelid, con.confrelid) ORDER BY 1", table);
    }

    /**
     * Makes a foreign key, for new rows only when there are rows that do not fit it. @param connection in a transaction
     *
     * @return false when it was not validated
     */
    public static boolean makeKey(Connection connection, String make) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(make);
            return true;
        } catch (SQLException e) {
            if (!FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            new StatementRunner(connection, Map.of()).run(make + " NOT VALID");
            return false;
        }
    }

    private static List<Part> list(Connection connection, String sql, String... parameters) throws SQLException {
        String path = searchPath(connection, "pg_catalog"); // so that what is printed is qualified
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            var parts = new ArrayList<Part>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    parts.add(new Part(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            return parts;
        } finally {
            searchPath(connection, path);
        }
    }

    /** Until the transaction ends. @return what it was */
    private static String searchPath(Connection connection, String path) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT current_setting('search_path'), set_config('search_path', ?, true)")) {
            statement.setString(1, path);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
