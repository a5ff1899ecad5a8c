package io.kameleon.replay.apply;

import io.kameleon.replay.row.PgBuffer;
import io.kameleon.replay.row.RowEncoder;
import io.kameleon.replay.row.RowImage;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/** One running {@code COPY ... FROM STDIN (FORMAT binary)}: tuples are gathered and sent in chunks. One thread only. */
final class CopyStream {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int END = -1;

    private final CopyIn copy;
    private final PgBuffer out;

    private CopyStream(CopyIn copy, PgBuffer out) {
        this.copy = copy;
        this.out = out;
    }

    /** @param buffer scratch, kept by the caller for the next stream */
    static CopyStream open(BinaryStatements statements, String sql, PgBuffer buffer) throws SQLException {
        var stream = new CopyStream(statements.copyIn(sql), buffer);
        buffer.reset();
        buffer.writeRaw(SIGNATURE, 0, SIGNATURE.length);
        buffer.writeInt(0); // flags
        buffer.writeInt(0); // header extension
        return stream;
    }

    /** Adds one row. When its encoding fails, nothing of it is sent and the stream can go on. */
    void row(RowEncoder encoder, RowImage image) throws SQLException {
        int start = out.size();
        try {
            encoder.tuple(image, out);
        } catch (RuntimeException e) {
            out.truncate(start);
            throw e;
        }
        if (out.size() >= CHUNK_BYTES) {
            send();
        }
    }

    /** @return rows that PostgreSQL took */
    long finish() throws SQLException {
        out.writeShort(END);
        send();
        return copy.endCopy();
    }

    /** Gives the COPY up after {@code failure}; PostgreSQL's transaction is then aborted. */
    void cancel(Throwable failure) {
        if (!copy.isActive()) {
            return;
        }
        try {
            copy.cancelCopy();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(out.buffer(), 0, out.size());
        out.reset();
    }
}
