package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** How far initial copies are, in the caller's transaction. Thread-safe; a connection is used by one thread at a time. */
public final class CopyProgressStore {
    private static final String TABLE = SCHEMA + ".copy_progress";

    /**
     * An initial copy under way, or cut off.
     *
     * @param rowsEstimated by the source's statistics
     * @param updatedAt     when it was that far; ignored by {@link #put}, which uses the database's clock
     */
    public record Progress(int tables, int tablesDone, long rows, long rowsEstimated, Instant updatedAt) {}

    public void put(Connection connection, String source, Progress progress) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO " + TABLE + " (source_name, tables, tables_done, rows, rows_estimated)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (source_name) DO UPDATE SET tables = EXCLUDED.tables,"
                        + " tables_done = EXCLUDED.tables_done, rows = EXCLUDED.rows,"
                        + " rows_estimated = EXCLUDED.rows_estimated, updated_at = EXCLUDED.updated_at",
                source,
                progress.tables(),
                progress.tablesDone(),
                progress.rows(),
                progress.rowsEstimated());
    }

    /** The copy is done. */
    public void remove(Connection connection, String source) throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", source);
    }

    public Optional<Progress> find(Connection connection, String source) throws SQLException {
        return Sql.first(
                connection,
                row -> new Progress(
                        row.getInt("tables"),
                        row.getInt("tables_done"),
                        row.getLong("rows"),
                        row.getLong("rows_estimated"),
                        Sql.instant(row, "updated_at").orElseThrow()),
                "SELECT * FROM " + TABLE + " WHERE source_name = ?",
                source);
    }
}
