package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.BinaryQuery;
import io.kameleon.reader.server.Identifiers;
import io.kameleon.reader.server.RowPackets;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.wire.AvroOutput;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Streams the rows of a range from the server into a sink, with one row in memory.
 *
 * <p>One thread. When the read ends early, by an error, the sink or a cancellation, the session is cut: the rest of the result
 * would otherwise have to be read first. Open another session then.
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
        boolean complete = false;
        try {
            long rows = new BinaryQuery(session.connection())
                    .run(sql(table, key, range, encoder), new Receiver(encoder, sink));
            complete = true;
            return rows;
        } catch (SQLException e) {
            throw cancelled.getAsBoolean() ? cancellation() : session.failure(e, "reading " + table.id());
        } finally {
            if (!complete) {
                session.abort();
            }
        }
    }

    private final class Receiver implements RowPackets {
        private final AvroOutput output = new AvroOutput(OUTPUT_BYTES);
        private final RowEncoder encoder;
        private final RangeSink sink;

        Receiver(RowEncoder encoder, RangeSink sink) {
            this.encoder = encoder;
            this.sink = sink;
        }

        @Override
        public void columns(int[] types) {
            encoder.begin(types);
        }

        @Override
        public void row(byte[] packet, int from, int to) {
            if (cancelled.getAsBoolean()) {
                throw cancellation();
            }
            output.reset();
            try {
                encoder.encode(packet, from, to, output);
            } catch (ReplicationException e) {
                if (e.code().handling() != Handling.DISCARD_ROW) {
                    throw e;
                }
                sink.refused(e);
                return;
            }
            sink.row(output.buffer(), 0, output.size());
        }
    }

    private ReplicationException cancellation() {
        return SnapshotErrors.cancelled(session.address(), table.id());
    }

    static String sql(TableDefinition table, Optional<SplitKey> key, KeyRange range, RowEncoder encoder) {
        String columns = table.columns().stream().map(encoder::selectExpression).collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM " + Identifiers.quote(table.id())
                + key.map(k -> k.forced() + k.where(range)).orElse("");
    }
}
