package io.kameleon.replay.ddl;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.ForeignKeyDefinition.Action;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The source's foreign keys in PostgreSQL: made NOT VALID under a short lock, then validated beside everybody's work. MySQL's RESTRICT
 * becomes NO ACTION, which refuses the same ends and never what a whole statement puts right. One thread, as its connection.
 */
public final class ForeignKeys {
    private static final String VIOLATED = "23503";
    private static final String NO_UNIQUE_KEY = "42830";

    private final Connection connection;
    private final Map<TableId, TableDefinition> definitions;
    private final Map<String, String> schemaMappings;

    /**
     * @param connection     in auto-commit mode
     * @param definitions    of all tables, for the names of the columns referred to
     * @param schemaMappings origin schema to destination schema
     */
    public ForeignKeys(
            Connection connection, Map<TableId, TableDefinition> definitions, Map<String, String> schemaMappings) {
        this.connection = connection;
        this.definitions = Map.copyOf(definitions);
        this.schemaMappings = Map.copyOf(schemaMappings);
    }

    /** What became of a key. */
    public enum State {
        VALID,
        /** It holds for new rows; old ones violate it. */
        NOT_VALID,
        NOT_MADE
    }

    /** @param reason empty for a valid one */
    public record Result(TableId table, String name, State state, String reason) {}

    /** @throws ReplicationException DESTINATION_UNREACHABLE, DESTINATION_ACCESS_DENIED */
    public Result make(TableDefinition child, ForeignKeyDefinition key) throws SQLException {
        String schema = schemaMappings.get(key.referenced().schema());
        String parent = schema == null
                ? ""
                : SqlText.qualified(
                        schema, DestinationNames.table(key.referenced().name()));
        if (schema == null || !has("SELECT pg_catalog.to_regclass(?) IS NOT NULL", parent)) {
            return new Result(
                    child.id(),
                    key.name(),
                    State.NOT_MADE,
                    "it refers to " + key.referenced() + ", which is not in PostgreSQL");
        }
        return new Making(child, key, parent).make();
    }

    /** One key between two tables that are there. */
    private final class Making {
        private final TableId id;
        private final ForeignKeyDefinition key;
        private final String table;
        private final String parent;
        private final String name;
        private final List<String> columns;
        private final List<String> referenced;

        Making(TableDefinition child, ForeignKeyDefinition key, String parent) {
            this.id = child.id();
            this.key = key;
            this.parent = parent;
            table = DdlWriter.qualifiedName(child, schemaMappings.get(id.schema()));
            name = SqlText.identifier(DestinationNames.shorten(key.name()));
            columns = names(child, key.columns());
            referenced = names(definitions.get(key.referenced()), key.referencedColumns());
        }

        Result make() throws SQLException {
            var runner = new StatementRunner(connection, Map.of("table", id, "key", key.name()));
            try {
                if (!exists()) {
                    runner.run("ALTER TABLE " + table + " ADD CONSTRAINT " + name + " FOREIGN KEY ("
                            + String.join(", ", columns) + ") REFERENCES " + parent + " ("
                            + String.join(", ", referenced) + ") ON DELETE " + action(key.onDelete()) + " ON UPDATE "
                            + action(key.onUpdate()) + " NOT VALID");
                }
            } catch (ReplicationException e) {
                return result(State.NOT_MADE, refusal(e));
            }
            return validate(runner);
        }

        private Result validate(StatementRunner runner) throws SQLException {
            try {
                runner.run("ALTER TABLE " + table + " VALIDATE CONSTRAINT " + name);
                return result(State.VALID, "");
            } catch (ReplicationException e) {
                if (!VIOLATED.equals(state(e))) {
                    return result(State.NOT_VALID, refusal(e));
                }
                return result(
                        State.NOT_VALID,
                        violations() + " row(s) of " + table + " have no row in " + parent
                                + ". Mend them, then: ALTER TABLE " + table + " VALIDATE CONSTRAINT " + name);
            }
        }

        private Result result(State state, String reason) {
            return new Result(id, key.name(), state, reason);
        }

        private boolean exists() throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'f'"
                            + " AND conrelid = pg_catalog.to_regclass(?) AND conname = ?)")) {
                query.setString(1, table);
                query.setString(2, DestinationNames.shorten(key.name()));
                return isTrue(query);
            }
        }

        private long violations() throws SQLException {
            var filled = new ArrayList<String>();
            var equal = new ArrayList<String>();
            for (int i = 0; i < columns.size(); i++) {
                filled.add("c." + columns.get(i) + " IS NOT NULL");
                equal.add("p." + referenced.get(i) + " = c." + columns.get(i));
            }
            try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM " + table + " c WHERE "
                            + String.join(" AND ", filled) + " AND NOT EXISTS (SELECT FROM " + parent + " p WHERE "
                            + String.join(" AND ", equal) + ")");
                    ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Other failures than PostgreSQL's refusal of the key end the work. */
    private static String refusal(ReplicationException e) {
        if (e.code() != ErrorCode.SCHEMA_CHANGE_FAILED) {
            throw e;
        }
        return NO_UNIQUE_KEY.equals(state(e))
                ? "the columns that it refers to have no unique key in PostgreSQL"
                : "PostgreSQL refuses it, SQLSTATE " + state(e);
    }

    private static String state(ReplicationException e) {
        return e.getCause() instanceof SQLException cause ? String.valueOf(cause.getSQLState()) : "";
    }

    /** In the spelling of the definition, where it is known: the source's names of columns ignore case. */
    private static List<String> names(TableDefinition table, List<String> columns) {
        return columns.stream()
                .map(column -> table == null
                        ? column
                        : table.column(column).map(ColumnDefinition::name).orElse(column))
                .map(column -> SqlText.identifier(DestinationNames.column(column)))
                .toList();
    }

    private static String action(Action action) {
        return switch (action) {
            case RESTRICT -> "NO ACTION";
            case CASCADE -> "CASCADE";
            case SET_NULL -> "SET NULL";
            case SET_DEFAULT -> "SET DEFAULT";
        };
    }

    private boolean has(String sql, String parameter) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, parameter);
            return isTrue(query);
        }
    }

    private static boolean isTrue(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
