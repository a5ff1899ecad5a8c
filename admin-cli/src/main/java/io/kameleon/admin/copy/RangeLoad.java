package io.kameleon.admin.copy;

import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.snapshot.KeyRange;
import io.kameleon.reader.snapshot.RangeSink;
import io.kameleon.reader.snapshot.SnapshotRowEncoder;
import io.kameleon.reader.snapshot.TableCopy;
import io.kameleon.replay.apply.CopyLoader;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.RowFormat;
import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.TableDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Takes ranges of one table from the source into PostgreSQL, one transaction each. One thread at a time.
 *
 * <p>A range that PostgreSQL refuses is read again and loaded in small batches, which are halved down to the refused rows.
 */
final class RangeLoad {
    private static final int BATCH_ROWS = 1000;
    private static final int BATCH_BYTES = 4 << 20;

    private final TableDefinition table;
    private final DestinationTable destination;
    private final RowFormat format;
    private final ValueRules rules;
    /** Of the table, over all its ranges. */
    private final ConversionCounts conversions;

    private final RefusedRows refused;
    private final LongConsumer rowsLoaded;

    /** How values of the source become PostgreSQL's. */
    record ValueRules(ValuePolicy values, ZeroDateForm zeroDates) {}

    /**
     * @param conversions  of the table: the ranges add what they converted
     * @param rowsLoaded told the rows that have come since the last call
     */
    RangeLoad(
            String topic,
            TableDefinition table,
            DestinationTable destination,
            ValueRules rules,
            ConversionCounts conversions,
            RefusedRows refused,
            LongConsumer rowsLoaded) {
        this.table = table;
        this.destination = destination;
        this.format = RowFormat.ofRow(table.id(), RowSchemas.of(topic, table).row());
        this.rules = rules;
        this.conversions = conversions;
        this.refused = refused;
        this.rowsLoaded = rowsLoaded;
    }

    /** @param connection not in auto-commit, no open transaction; committed at the end */
    void load(TableCopy copy, KeyRange range, SessionSource sessions, Connection connection) throws SQLException {
        try {
            loadWhole(copy, range, sessions.session(), connection);
        } catch (ReplicationException e) {
            connection.rollback();
            if (e.code().handling() != Handling.DISCARD_ROW) {
                throw e;
            }
            loadCarefully(copy, range, sessions.session(), connection);
        }
        connection.commit();
    }

    /** A session that is usable: a read that failed has closed the one before. */
    @FunctionalInterface
    interface SessionSource {
        SourceServer session();
    }

    private void loadWhole(TableCopy copy, KeyRange range, SourceServer session, Connection connection) {
        var counts = new ConversionCounts();
        try (CopyLoader loader = CopyLoader.begin(connection, destination, format, policy(counts))) {
            var sink = new CountingSink(loader);
            read(copy, range, session, sink, counts);
            loader.finish();
            sink.report();
        }
        conversions.add(counts.take());
    }

    private void read(TableCopy copy, KeyRange range, SourceServer session, RangeSink sink, ConversionCounts counts) {
        SnapshotRowEncoder encoder = SnapshotRowEncoder.of(table, rules.zeroDates());
        copy.read(range, session, encoder, sink);
        counts.addZeroDates(encoder.zeroDates());
    }

    private ConversionPolicy policy(ConversionCounts counts) {
        return new ConversionPolicy(rules.values(), DestinationNames::column, counts);
    }

    private void loadCarefully(TableCopy copy, KeyRange range, SourceServer session, Connection connection) {
        var counts = new ConversionCounts();
        var sink = new BatchingSink(connection, policy(counts));
        read(copy, range, session, sink, counts);
        sink.flush();
        conversions.add(counts.take());
    }

    private final class CountingSink implements RangeSink {
        private static final int REPORTED_ROWS = 1000;

        private final CopyLoader loader;
        private int rows;

        CountingSink(CopyLoader loader) {
            this.loader = loader;
        }

        @Override
        public void row(byte[] buffer, int from, int to) {
            loader.row(buffer, from, to);
            if (++rows == REPORTED_ROWS) {
                report();
            }
        }

        void report() {
            rowsLoaded.accept(rows);
            rows = 0;
        }
    }

    private final class BatchingSink implements RangeSink {
        private final Connection connection;
        private final ConversionPolicy policy;
        private final List<byte[]> rows = new ArrayList<>();
        private long bytes;

        BatchingSink(Connection connection, ConversionPolicy policy) {
            this.connection = connection;
            this.policy = policy;
        }

        @Override
        public void row(byte[] buffer, int from, int to) {
            rows.add(Arrays.copyOfRange(buffer, from, to));
            bytes += to - from;
            if (rows.size() >= BATCH_ROWS || bytes >= BATCH_BYTES) {
                flush();
            }
        }

        @Override
        public void refused(ReplicationException reason) {
            refused.refused(table.id(), null, reason);
        }

        void flush() {
            try {
                loadHalving(rows);
            } catch (SQLException e) {
                throw new IllegalStateException("a savepoint in PostgreSQL failed for " + table.id(), e);
            }
            rowsLoaded.accept(rows.size());
            rows.clear();
            bytes = 0;
        }

        private void loadHalving(List<byte[]> some) throws SQLException {
            if (some.isEmpty()) {
                return;
            }
            Savepoint before = connection.setSavepoint();
            try {
                loadAll(some);
                connection.releaseSavepoint(before);
            } catch (ReplicationException e) {
                if (e.code().handling() != Handling.DISCARD_ROW) {
                    throw e;
                }
                connection.rollback(before);
                if (some.size() == 1) {
                    refused.refused(table.id(), some.get(0), e);
                    return;
                }
                int middle = some.size() / 2;
                loadHalving(some.subList(0, middle));
                loadHalving(some.subList(middle, some.size()));
            }
        }

        private void loadAll(List<byte[]> some) {
            try (CopyLoader loader = CopyLoader.begin(connection, destination, format, policy)) {
                some.forEach(row -> loader.row(row, 0, row.length));
                loader.finish();
            }
        }
    }
}
