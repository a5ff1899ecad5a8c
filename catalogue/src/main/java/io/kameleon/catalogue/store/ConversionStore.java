package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;
import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How many values of each table did not arrive as they were, in the caller's transaction. Thread-safe. */
public final class ConversionStore {
    private static final String TABLE = SCHEMA + ".conversion_count";

    /** One table's conversions: a total, or what is added to it. */
    public record Count(TableId table, long zeroDates, long nulValues) {
        public Count {
            requireNonNull(table, "table");
        }
    }

    public void add(Connection connection, String source, Count added) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO " + TABLE + " AS c (source_name, origin_schema, table_name, zero_dates, nul_values)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (source_name, origin_schema, table_name) DO UPDATE SET"
                        + " zero_dates = c.zero_dates + EXCLUDED.zero_dates,"
                        + " nul_values = c.nul_values + EXCLUDED.nul_values",
                source,
                added.table().schema(),
                added.table().name(),
                added.zeroDates(),
                added.nulValues());
    }

    /** Begins at zero again: the source is copied anew. */
    public void removeAll(Connection connection, String source) throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", source);
    }

    /** The tables that have any, by schema and name. */
    public List<Count> list(Connection connection, String source) throws SQLException {
        return Sql.list(
                connection,
                row -> new Count(
                        new TableId(row.getString("origin_schema"), row.getString("table_name")),
                        row.getLong("zero_dates"),
                        row.getLong("nul_values")),
                "SELECT * FROM " + TABLE + " WHERE source_name = ? ORDER BY origin_schema, table_name",
                source);
    }
}
