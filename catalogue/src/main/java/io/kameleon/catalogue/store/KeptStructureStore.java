package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;
import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * Indexes and foreign keys of the destination's own tables that were taken away for a load, with the statements that make them again. In
 * the caller's transaction: the one that takes them away. Thread-safe; a connection is used by one thread at a time.
 */
public final class KeptStructureStore {
    private static final String TABLE = SCHEMA + ".kept_structure";
    private static final String OF_TABLE =
            " WHERE source_name = ? AND destination_schema = ? AND destination_table = ?";

    /** What a part is. */
    public enum Kind {
        /** With unique and exclusion constraints. */
        INDEX,
        /** Made when all tables are loaded. */
        FOREIGN_KEY
    }

    /** @param statement that makes it again */
    public record Part(String schema, String table, String name, Kind kind, String statement) {
        public Part {
            requireNonNull(schema, "schema");
            requireNonNull(table, "table");
            requireNonNull(name, "name");
            requireNonNull(kind, "kind");
            requireNonNull(statement, "statement");
        }
    }

    /** What an earlier load left is kept, unless it is the same part. */
    public void put(Connection connection, String source, List<Part> parts) throws SQLException {
        for (Part part : parts) {
            Sql.update(
                    connection,
                    "INSERT INTO " + TABLE + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source_name, destination_schema,"
                            + " destination_table, name) DO UPDATE SET kind = EXCLUDED.kind, statement = EXCLUDED.statement",
                    source,
                    part.schema(),
                    part.table(),
                    part.name(),
                    part.kind().name().toLowerCase(Locale.ROOT),
                    part.statement());
        }
    }

    /** By name. */
    public List<Part> list(Connection connection, String source, String schema, String table) throws SQLException {
        return Sql.list(
                connection,
                row -> new Part(
                        row.getString("destination_schema"),
                        row.getString("destination_table"),
                        row.getString("name"),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("statement")),
                "SELECT * FROM " + TABLE + OF_TABLE + " ORDER BY name",
                source,
                schema,
                table);
    }

    /** It is made again. */
    public void remove(Connection connection, String source, Part part) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM " + TABLE + OF_TABLE + " AND name = ?",
                source,
                part.schema(),
                part.table(),
                part.name());
    }
}
