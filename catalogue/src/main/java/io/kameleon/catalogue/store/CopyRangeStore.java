package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.catalogue.store.CopyRange.Bounds;
import io.kameleon.catalogue.store.CopyRange.State;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ledger of the initial copy: which key ranges of which tables are in. In the caller's transaction, the one that loads the
 * rows of the range, so a range is in with its rows or not at all.
 *
 * <p>Thread-safe; a connection is used by one thread at a time.
 */
public final class CopyRangeStore {
    private static final String TABLE = SCHEMA + ".copy_range";
    private static final String OF_TABLE = " WHERE source_name = ? AND origin_schema = ? AND table_name = ?";

    /** Puts {@code ranges}, all pending and numbered in their order, in the place of the table's former ranges. */
    public void plan(Connection connection, String source, TableId table, List<Bounds> ranges) throws SQLException {
        clear(connection, source, table);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE
                + " (source_name, origin_schema, table_name, range_no, lower_bound, upper_bound)"
                + " VALUES (?, ?, ?, ?, ?::jsonb, ?::jsonb)")) {
            for (int number = 0; number < ranges.size(); number++) {
                insert.setString(1, source);
                insert.setString(2, table.schema());
                insert.setString(3, table.name());
                insert.setInt(4, number);
                insert.setString(5, ranges.get(number).lower().orElse(null));
                insert.setString(6, ranges.get(number).upper().orElse(null));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Notes that a range is in.
     *
     * @param coordinates the source's, read before the range was
     * @throws ReplicationException WRITER_FENCED when it was in already or is not planned any more: another copy is at work,
     *                              and the transaction has to be rolled back
     */
    public void finish(
            Connection connection,
            String source,
            TableId table,
            int number,
            long rows,
            Optional<BinlogCoordinates> coordinates)
            throws SQLException {
        int written = Sql.update(
                connection,
                "UPDATE " + TABLE + " SET state = 'copied', rows = ?, file = ?, position = ?,"
                        + " finished_at = clock_timestamp()" + OF_TABLE + " AND range_no = ? AND state = 'pending'",
                rows,
                Sql.file(coordinates),
                Sql.position(coordinates),
                source,
                table.schema(),
                table.name(),
                number);
        if (written == 0) {
            throw new ReplicationException(
                    ErrorCode.WRITER_FENCED,
                    "Range " + number + " of the initial copy is not pending any more",
                    Where.of("source", source, "table", table),
                    "Another initial copy of the source is at work; this one stops.");
        }
    }

    /** The table's ranges in key order; empty when none is planned. */
    public List<CopyRange> list(Connection connection, String source, TableId table) throws SQLException {
        return Sql.list(
                connection,
                CopyRangeStore::read,
                "SELECT * FROM " + TABLE + OF_TABLE + " ORDER BY range_no",
                source,
                table.schema(),
                table.name());
    }

    public void clear(Connection connection, String source, TableId table) throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + OF_TABLE, source, table.schema(), table.name());
    }

    public void clear(Connection connection, String source) throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", source);
    }

    private static CopyRange read(ResultSet row) throws SQLException {
        return new CopyRange(
                row.getString("source_name"),
                new TableId(row.getString("origin_schema"), row.getString("table_name")),
                row.getInt("range_no"),
                new Bounds(
                        Optional.ofNullable(row.getString("lower_bound")),
                        Optional.ofNullable(row.getString("upper_bound"))),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("rows"),
                Sql.coordinates(row, "file", "position"),
                Sql.instant(row, "finished_at"));
    }
}
