package io.kameleon.replay.apply;

import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.PgBuffer;
import io.kameleon.replay.row.RowEncoder;
import io.kameleon.replay.row.RowFormat;
import io.kameleon.replay.row.RowImage;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.AvroInput;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Loads rows of the initial copy into one table with binary COPY, in the caller's transaction, with bounded memory: one chunk of
 * 64 KiB, or one row when that is larger.
 *
 * <p>Uses the same encoders as the stream, so a row looks the same whichever way it came (F60). One thread only. Begin,
 * rows, then finish or cancel; {@link #close()} cancels what is not finished. Between begin and finish the connection
 * can do nothing else.
 */
public final class CopyLoader implements AutoCloseable {
    private final AvroInput in = new AvroInput();
    private final DestinationTable table;
    private final RowImage image;
    private final RowEncoder encoder;
    private final CopyStream stream;
    private Phase phase = Phase.LOADING;

    private enum Phase {
        LOADING,
        ENDED
    }

    private CopyLoader(DestinationTable table, RowFormat format, RowEncoder encoder, CopyStream stream) {
        this.table = table;
        this.image = new RowImage(format.fields());
        this.encoder = encoder;
        this.stream = stream;
    }

    /**
     * @param connection not in auto-commit
     * @param format     of the bare row record ({@link RowFormat#ofRow}); the key is not needed
     * @throws ReplicationException COLUMN_MISSING, TYPE_UNSUPPORTED, or as {@link DestinationErrors} has it
     */
    public static CopyLoader begin(
            Connection connection, DestinationTable table, RowFormat format, ConversionPolicy policy) {
        RowEncoder encoder = RowEncoder.of(format.fields(), table, policy);
        var statements = new TableStatements(table, encoder.columns(), List.of());
        try {
            var stream = CopyStream.open(new BinaryStatements(connection), statements.copy(), new PgBuffer(96 * 1024));
            return new CopyLoader(table, format, encoder, stream);
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, table);
        }
    }

    /**
     * Adds the row record in {@code buffer[from, to)}, without wire header.
     *
     * @throws ReplicationException VALUE_OUT_OF_RANGE or VALUE_MALFORMED when the row cannot be encoded: it is left out and the
     *                              load can go on. Any other code ends the load.
     */
    public void row(byte[] buffer, int from, int to) {
        requireLoading();
        image.read(in.wrap(buffer, from, to));
        try {
            stream.row(encoder, image);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * @return rows loaded
     * @throws ReplicationException ROW_REFUSED when PostgreSQL refuses any of the rows: none is loaded
     */
    public long finish() {
        requireLoading();
        try {
            long rows = stream.finish();
            phase = Phase.ENDED;
            return rows;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Cancels the load unless it is finished; the transaction is then aborted. */
    @Override
    public void close() {
        if (phase == Phase.LOADING) {
            phase = Phase.ENDED;
            stream.cancel(new IllegalStateException("load of " + table + " was not finished"));
        }
    }

    private ReplicationException failed(SQLException e) {
        phase = Phase.ENDED;
        stream.cancel(e);
        return DestinationErrors.translate(e, table);
    }

    private void requireLoading() {
        if (phase != Phase.LOADING) {
            throw new IllegalStateException("load of " + table + " has ended");
        }
    }
}
