package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.Identifiers;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.wire.AvroOutput;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Streams the rows of a range from the server into a sink, with a bounded number of rows in memory.
 *
 * <p>One thread. When the read ends early, by an error, the sink or a cancellation, the session is cut: the driver would
 * otherwise read the rest of the result first. Open another session then.
 */
final class RangeReader {
    private static final int OUTPUT_BYTES = 8 * 1024;

    private final SourceServer session;
    private final TableDefinition table;
    private final BooleanSupplier cancelled;

    RangeReader(SourceServer session, TableDefinition table, BooleanSupplier cancelled) {
        this.session = session;
        this.table = table;
        this.cancelled = cancelled;
    }

    /** Reads in the session's open transaction, if there is one. Returns the rows, refused ones included. */
    long read(Optional<SplitKey> key, KeyRange range, RowEncoder encoder, RangeSink sink) {
        try (Statement statement =
                session.connection().createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(fetchRows(table));
            try (ResultSet rows = statement.executeQuery(sql(table, key, range, encoder))) {
                return stream(rows, encoder, sink);
            }
        } catch (SQLException e) {
            throw cancelled.getAsBoolean() ? cancellation() : session.failure(e, "reading " + table.id());
        }
    }

    private long stream(ResultSet rows, RowEncoder encoder, RangeSink sink) throws SQLException {
        var output = new AvroOutput(OUTPUT_BYTES);
        long count = 0;
        boolean complete = false;
        try {
            while (rows.next()) {
                if (cancelled.getAsBoolean()) {
                    throw cancellation();
                }
                row(rows, encoder, output, sink);
                count++;
            }
            complete = true;
            return count;
        } finally {
            if (!complete) {
                session.abort();
            }
        }
    }

    private static void row(ResultSet rows, RowEncoder encoder, AvroOutput output, RangeSink sink) throws SQLException {
        output.reset();
        try {
            encoder.encode(rows, output);
        } catch (ReplicationException e) {
            if (e.code().handling() != Handling.DISCARD_ROW) {
                throw e;
            }
            sink.refused(e);
            return;
        }
        sink.row(output.buffer(), 0, output.size());
    }

    private ReplicationException cancellation() {
        return SnapshotErrors.cancelled(session.address(), table.id());
    }

    static String sql(TableDefinition table, Optional<SplitKey> key, KeyRange range, RowEncoder encoder) {
        String columns = table.columns().stream().map(encoder::selectExpression).collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM " + Identifiers.quote(table.id())
                + key.map(k -> k.forced() + k.where(range)).orElse("");
    }

    /** Rows that the driver holds at once: few where a row may hold megabytes. */
    static int fetchRows(TableDefinition table) {
        int rows = 1000;
        for (ColumnDefinition column : table.columns()) {
            rows = Math.min(
                    rows,
                    switch (column.type().kind()) {
                        case LONGTEXT, LONGBLOB, JSON, GEOMETRY -> 16;
                        case MEDIUMTEXT, MEDIUMBLOB -> 32;
                        case TEXT, BLOB, VECTOR -> 100;
                        default -> rows;
                    });
        }
        return rows;
    }
}
