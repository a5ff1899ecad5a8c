package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The structure side of an initial copy into a new schema: tables are made in a loading schema, filled, indexed, and then put
 * in the place of the destination schema at once.
 *
 * <p>Steps: {@link #prepare}; load rows; {@link #tableStatements} indexes and constraints per table, from any number of
 * connections; {@link #swap} in the transaction that also records the positions; {@link #dropReplaced} after its commit. A step
 * that failed or a process that died leaves the destination schema as it was; start again at {@code prepare}.
 *
 * <p>Commits nothing itself, except in {@link #prepare} and {@link #dropReplaced}, which need a connection in auto-commit mode.
 * Immutable, thread-safe; each call uses its own connection.
 */
public final class SchemaLoader {
    /** Tables per DROP: each locks itself, its indexes and types, and the server has room for some thousand locks. */
    private static final int DROPPED_AT_ONCE = 50;

    private final DdlWriter ddl;
    private final String destinationSchema;
    private final List<String> grantSelectTo;

    /** @param grantSelectTo roles that may read the schema */
    public SchemaLoader(DdlWriter ddl, String destinationSchema, List<String> grantSelectTo) {
        this.ddl = requireNonNull(ddl, "ddl");
        this.destinationSchema = requireNonNull(destinationSchema, "destinationSchema");
        this.grantSelectTo = List.copyOf(grantSelectTo);
    }

    /** Where {@link #prepare} makes the tables. */
    public String loadingSchema() {
        return DestinationNames.loadingSchema(destinationSchema);
    }

    /** The table's statements in the loading schema. */
    public TableStatements tableStatements(TableDefinition table) {
        return ddl.create(table, loadingSchema());
    }

    /**
     * Makes the loading schema anew with empty tables that have no indexes.
     *
     * @param connection in auto-commit mode
     * @return notes: what the source has and the destination will not
     * @throws io.kameleon.schemas.error.ReplicationException NAME_CONFLICT, TABLE_TOO_WIDE and TYPE_UNSUPPORTED before anything is
     *     changed
     */
    public List<String> prepare(Connection connection, Collection<TableDefinition> tables) {
        DestinationNames.check(tables);
        List<TableStatements> made = tables.stream().map(this::tableStatements).toList();
        dropSchema(connection, loadingSchema());
        dropReplaced(connection);
        var runner = new StatementRunner(connection, Map.of("schema", loadingSchema()));
        runner.run("CREATE SCHEMA " + SqlText.identifier(loadingSchema()));
        var notes = new ArrayList<String>();
        runner.runTogether(
                made.stream().flatMap(table -> table.create().stream()).toList());
        made.forEach(table -> notes.addAll(table.notes()));
        return notes;
    }

    /**
     * Puts the loading schema in the place of the destination schema, and grants. Only renames: quick, and undone by a rollback.
     *
     * @param connection in a transaction of the caller, who commits
     */
    public void swap(Connection connection) {
        var runner = new StatementRunner(connection, Map.of("schema", destinationSchema));
        if (exists(connection, destinationSchema)) {
            runner.run(renameSchema(destinationSchema, DestinationNames.replacedSchema(destinationSchema)));
        }
        runner.run(renameSchema(loadingSchema(), destinationSchema));
        runner.run(grants());
    }

    /** {@code grant_select_to} on the destination schema: its tables now, and those that the stream will make. */
    public List<String> grants() {
        String schema = SqlText.identifier(destinationSchema);
        var statements = new ArrayList<String>();
        for (String name : grantSelectTo) {
            String role = SqlText.identifier(name);
            statements.add("GRANT USAGE ON SCHEMA " + schema + " TO " + role);
            statements.add("GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + role);
            statements.add("ALTER DEFAULT PRIVILEGES IN SCHEMA " + schema + " GRANT SELECT ON TABLES TO " + role);
        }
        return statements;
    }

    /**
     * Removes the schema that {@link #swap} replaced, with everything in it and the views of other schemas that read it; see
     * {@link #dependents}.
     *
     * @param connection in auto-commit mode
     */
    public void dropReplaced(Connection connection) {
        dropSchema(connection, DestinationNames.replacedSchema(destinationSchema));
    }

    /**
     * Removes a loading schema that is not wanted any more.
     *
     * @param connection in auto-commit mode
     */
    public void abandon(Connection connection) {
        dropSchema(connection, loadingSchema());
    }

    /** Views and materialized views of other schemas that read the destination schema, and that a new copy takes away. */
    public List<String> dependents(Connection connection) {
        return names(
                connection,
                "SELECT DISTINCT format('%I.%I', vn.nspname, v.relname) FROM pg_catalog.pg_depend d"
                        + " JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_catalog.pg_rewrite'::regclass"
                        + " JOIN pg_catalog.pg_class v ON v.oid = r.ev_class"
                        + " JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace"
                        + " JOIN pg_catalog.pg_class t ON t.oid = d.refobjid"
                        + " AND d.refclassid = 'pg_catalog.pg_class'::regclass"
                        + " JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace"
                        + " WHERE tn.nspname = ? AND vn.nspname <> tn.nspname ORDER BY 1",
                destinationSchema);
    }

    /** Whether the schema is there and has tables, of whatever kind. */
    public static boolean hasTables(Connection connection, String schema) {
        return !tables(connection, schema).isEmpty();
    }

    private static List<String> tables(Connection connection, String schema) {
        return names(
                connection,
                "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p') ORDER BY 1",
                schema);
    }

    private static String renameSchema(String from, String to) {
        return "ALTER SCHEMA " + SqlText.identifier(from) + " RENAME TO " + SqlText.identifier(to);
    }

    private static void dropSchema(Connection connection, String schema) {
        var runner = new StatementRunner(connection, Map.of("schema", schema));
        List<String> tables = tables(connection, schema);
        for (int from = 0; from < tables.size(); from += DROPPED_AT_ONCE) {
            List<String> some = tables.subList(from, Math.min(from + DROPPED_AT_ONCE, tables.size()));
            runner.run("DROP TABLE IF EXISTS " + String.join(", ", some) + " CASCADE");
        }
        runner.run("DROP SCHEMA IF EXISTS " + SqlText.identifier(schema) + " CASCADE");
    }

    static boolean exists(Connection connection, String schema) {
        return !names(connection, "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = ?", schema)
                .isEmpty();
    }

    private static List<String> names(Connection connection, String sql, String schema) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            return column(statement);
        } catch (SQLException e) {
            throw StatementRunner.failure(e, sql, Map.of("schema", schema));
        }
    }

    private static List<String> column(PreparedStatement statement) throws SQLException {
        var names = new ArrayList<String>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
