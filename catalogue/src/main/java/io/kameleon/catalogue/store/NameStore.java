package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;
import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The tables and columns that the destination calls otherwise than the source (F64), in the caller's transaction. Thread-safe.
 *
 * <p>For people and their queries: what a name becomes follows from the name alone.
 */
public final class NameStore {
    private static final String TABLE = SCHEMA + ".destination_name";

    public enum Kind {
        TABLE,
        COLUMN
    }

    /** @param name of the column, or of the table itself */
    public record Renamed(TableId table, Kind kind, String name, String destinationName) {
        public Renamed {
            requireNonNull(table, "table");
            requireNonNull(kind, "kind");
            requireNonNull(name, "name");
            requireNonNull(destinationName, "destinationName");
        }
    }

    /** Puts these in the place of what was known of the table. */
    public void put(Connection connection, String source, TableId table, Collection<Renamed> names)
            throws SQLException {
        remove(connection, source, table);
        for (Renamed renamed : names) {
            Sql.update(
                    connection,
                    "INSERT INTO " + TABLE
                            + " (source_name, origin_schema, table_name, kind, name, destination_name)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    source,
                    table.schema(),
                    table.name(),
                    renamed.kind().name().toLowerCase(Locale.ROOT),
                    renamed.name(),
                    renamed.destinationName());
        }
    }

    public void remove(Connection connection, String source, TableId table) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM " + TABLE + " WHERE source_name = ? AND origin_schema = ? AND table_name = ?",
                source,
                table.schema(),
                table.name());
    }

    public List<Renamed> list(Connection connection, String source) throws SQLException {
        return Sql.list(
                connection,
                row -> new Renamed(
                        new TableId(row.getString("origin_schema"), row.getString("table_name")),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("name"),
                        row.getString("destination_name")),
                "SELECT * FROM " + TABLE + " WHERE source_name = ? ORDER BY origin_schema, table_name, kind, name",
                source);
    }
}
