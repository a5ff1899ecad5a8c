package io.kameleon.replay.ddl;

import io.kameleon.replay.ddl.TableParts.Part;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts a table that was loaded in a schema of its own in the place of the destination's. All in the caller's transaction; the
 * table keeps its names, so the loading schema has them too. One thread, as its connection.
 */
public final class TableSwap {
    private static final String DEPENDENT_OBJECTS = "2BP01";

    private final Connection connection;
    private final String loadingSchema;
    private final String schema;
    private final String table;
    private final StatementRunner runner;

    public TableSwap(Connection connection, String loadingSchema, String schema, String table) {
        this.connection = connection;
        this.loadingSchema = loadingSchema;
        this.schema = schema;
        this.table = table;
        this.runner = new StatementRunner(connection, Map.of("table", schema + "." + table));
    }

    /** Statements that give a table another place; nothing happens when it is not there. Its enum types stay where they are. */
    public static List<String> rename(String schema, String table, String newSchema, String newTable) {
        var statements = new ArrayList<String>();
        if (!table.equals(newTable)) {
            statements.add("ALTER TABLE IF EXISTS " + SqlText.qualified(schema, table) + " RENAME TO "
                    + SqlText.identifier(newTable));
        }
        if (!schema.equals(newSchema)) {
            statements.add("ALTER TABLE IF EXISTS " + SqlText.qualified(schema, newTable) + " SET SCHEMA "
                    + SqlText.identifier(newSchema));
        }
        return statements;
    }

    /** Makes the loading schema. @param connection in auto-commit mode */
    public static void createSchema(Connection connection, String loadingSchema) {
        new StatementRunner(connection, Map.of("schema", loadingSchema))
                .run("CREATE SCHEMA " + SqlText.identifier(loadingSchema));
    }

    /** An empty table like the destination's, with its indexes, in the loading schema. @param connection in auto-commit mode */
    public static void createLike(Connection connection, String loadingSchema, String schema, String table) {
        new StatementRunner(connection, Map.of("table", schema + "." + table))
                .run("CREATE TABLE " + SqlText.qualified(loadingSchema, table) + " (LIKE "
                        + SqlText.qualified(schema, table) + " INCLUDING ALL)");
    }

    /** Nothing happens when it is not there. @param connection in auto-commit mode */
    public static void dropSchema(Connection connection, String loadingSchema) {
        new StatementRunner(connection, Map.of("schema", loadingSchema))
                .run("DROP SCHEMA IF EXISTS " + SqlText.identifier(loadingSchema) + " CASCADE");
    }

    /**
     * Keeps everybody off the destination's table until the transaction ends; nothing happens when it is not there.
     *
     * @param patienceMillis how long to wait for those who have it; what comes after them waits as long
     * @throws ReplicationException DESTINATION_UNREACHABLE (retry) when they have it for longer
     */
    public void lock(long patienceMillis) throws SQLException {
        runner.run("SET LOCAL lock_timeout = " + patienceMillis);
        if (exists()) {
            runner.run("LOCK TABLE " + place() + " IN ACCESS EXCLUSIVE MODE");
        }
    }

    /**
     * Takes the destination's table away and puts the loaded one there, with the privileges of both. Where views or foreign keys of
     * others hang on the destination's table, that one stays and gets the loaded rows, which takes longer.
     *
     * @param grantSelectTo roles that may read it
     * @throws ReplicationException SCHEMA_CHANGE_FAILED when others hang on a table of other columns than the loaded one's
     */
    public void replace(List<String> grantSelectTo) throws SQLException {
        List<String> grants = grants(grantSelectTo);
        Savepoint before = connection.setSavepoint();
        try {
            drop();
        } catch (SQLException e) {
            if (!DEPENDENT_OBJECTS.equals(e.getSQLState())) {
                throw StatementRunner.failure(e, "DROP TABLE", Map.of("table", schema + "." + table));
            }
            connection.rollback(before);
            requireSameColumns();
            refill();
            return;
        }
        runner.run(moveTypes());
        runner.run(
                "ALTER TABLE " + SqlText.qualified(loadingSchema, table) + " SET SCHEMA " + SqlText.identifier(schema));
        runner.run(grants);
    }

    /** A value that goes into a column of another type is rounded or padded without a word. */
    private void requireSameColumns() throws SQLException {
        List<String> there = columns(place());
        List<String> loaded = columns(SqlText.qualified(loadingSchema, table));
        if (!there.equals(loaded)) {
            throw new ReplicationException(
                    ErrorCode.SCHEMA_CHANGE_FAILED,
                    "Views or foreign keys of others hang on the table, and its columns are not the source's any more",
                    Map.of("table", schema + "." + table, "columns", there, "source_columns", loaded),
                    "Drop what hangs on it; then it is copied by 'kameleon sync_tables'.");
        }
    }

    /** Name and type of each, with the labels of native enums. */
    private List<String> columns(String place) throws SQLException {
        return names(
                "SELECT format('%I %s%s', a.attname, coalesce((SELECT 'enum ' || string_agg(quote_literal(e.enumlabel), ','"
                        + " ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = a.atttypid),"
                        + " format_type(a.atttypid, a.atttypmod)), CASE WHEN a.attnotnull THEN ' not null' ELSE '' END)"
                        + " FROM pg_catalog.pg_attribute a WHERE a.attrelid = to_regclass(?)"
                        + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname",
                place);
    }

    private void drop() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(DropWriter.drop(schema, table));
        }
    }

    /**
     * Empties the destination's table and gives it the loaded rows: for a table that has to stay. Foreign keys, its own and those that
     * refer to it, are away meanwhile; rows that do not fit them then leave them not validated.
     */
    public void refill() throws SQLException {
        List<Part> keys = TableParts.foreignKeysAround(connection, place());
        keys.forEach(key -> runner.run(key.drop()));
        moveRows();
        for (Part key : keys) {
            TableParts.makeKey(connection, key.make());
        }
    }

    private void moveRows() throws SQLException {
        List<String> columns = names(
                "SELECT format('%I', a.attname) FROM pg_catalog.pg_attribute a WHERE a.attrelid = to_regclass(?)"
                        + " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attname",
                SqlText.qualified(loadingSchema, table));
        runner.run("DELETE FROM " + place());
        runner.run("INSERT INTO " + place() + " (" + String.join(", ", columns) + ") OVERRIDING SYSTEM VALUE SELECT "
                + String.join(", ", converted(columns)) + " FROM " + SqlText.qualified(loadingSchema, table));
    }

    /** A native enum of the loading schema is another type than the destination's of the same labels. */
    private List<String> converted(List<String> columns) throws SQLException {
        List<String> enums = names(
                "SELECT format('%I::text::%s', a.attname, d.atttypid::regtype) FROM pg_catalog.pg_attribute a"
                        + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid AND t.typtype = 'e'"
                        + " JOIN pg_catalog.pg_attribute d ON d.attrelid = to_regclass("
                        + SqlText.literal(place()) + ") AND d.attname = a.attname"
                        + " WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped",
                SqlText.qualified(loadingSchema, table));
        return columns.stream()
                .map(column -> enums.stream()
                        .filter(form -> form.startsWith(column + "::text::"))
                        .findFirst()
                        .orElse(column))
                .toList();
    }

    private String place() {
        return SqlText.qualified(schema, table);
    }

    private boolean exists() throws SQLException {
        return !names("SELECT 'there' WHERE to_regclass(?) IS NOT NULL", place())
                .isEmpty();
    }

    private List<String> grants(List<String> grantSelectTo) throws SQLException {
        List<String> grants = new ArrayList<>(names(
                "SELECT format('GRANT %s ON %s TO %s%s', x.privilege_type, " + SqlText.literal(place())
                        + ", CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END,"
                        + " CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)"
                        + " FROM pg_catalog.pg_class c, aclexplode(c.relacl) x"
                        + " WHERE c.oid = to_regclass(?) AND x.grantee <> c.relowner",
                place()));
        grantSelectTo.forEach(role -> grants.add("GRANT SELECT ON " + place() + " TO " + SqlText.identifier(role)));
        return grants;
    }

    private String moveTypes() {
        String body = "DECLARE type_name text; BEGIN FOR type_name IN"
                + " SELECT format('%I.%I', n.nspname, t.typname) FROM pg_catalog.pg_type t"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
                + " WHERE n.nspname = " + SqlText.literal(loadingSchema) + " AND t.typtype = 'e'"
                + " LOOP EXECUTE 'ALTER TYPE ' || type_name || ' SET SCHEMA ' || "
                + SqlText.literal(SqlText.identifier(schema)) + "; END LOOP; END";
        return "DO " + SqlText.literal(body);
    }

    private List<String> names(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            var names = new ArrayList<String>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }
}
