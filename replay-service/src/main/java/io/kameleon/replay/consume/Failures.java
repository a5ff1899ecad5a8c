package io.kameleon.replay.consume;

import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.store.DiscardedRow;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.LoggedError;
import io.kameleon.catalogue.store.PgErrors;
import io.kameleon.catalogue.store.ReplicaTable.Reason;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.replay.apply.FailureSink;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.WireFormat;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what could not be applied, in the transaction that goes on without it: refused rows whole, disabled tables with their
 * reason. One thread only.
 */
final class Failures implements FailureSink {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final String source;
    private final String topic;
    private final SchemaIds schemaIds;
    private final Connection connection;
    private final TableTargets targets;
    private final TableFilter filter;
    private final CountLedger counts;
    private final ErrorStore errors = new ErrorStore();
    private final DiscardedRowStore discarded = new DiscardedRowStore();
    private final TableStore tables = new TableStore();
    private long offset;

    Failures(ReplaySettings settings, Connection connection, TableTargets targets, CountLedger counts) {
        this.source = settings.source();
        this.topic = settings.topic();
        this.schemaIds = settings.schemaIds();
        this.connection = connection;
        this.targets = targets;
        this.filter = settings.filter();
        this.counts = counts;
    }

    /** The record under way. */
    void at(ConsumerRecord<byte[], byte[]> message) {
        offset = message.offset();
    }

    @Override
    public void refused(
            TableTarget target,
            RowOperation operation,
            byte[] key,
            byte[] value,
            ReplicationException cause,
            String sqlState) {
        TableId table = target.format().table();
        RowRecord place = new RowRecord(target.format()).parse(value);
        var at = new BinlogCoordinates(
                place.sourceFile(), Math.max(place.sourcePosition(), BinlogCoordinates.FIRST_EVENT_POSITION));
        try {
            long logid = errors.add(connection, entry(table, cause, sqlState, Optional.empty(), Optional.of(at)));
            discarded.add(
                    connection,
                    new DiscardedRow.Entry(
                            logid,
                            source,
                            table,
                            operation.letter(),
                            json(value),
                            Optional.of(value),
                            Optional.of(topic),
                            OptionalLong.of(offset)));
        } catch (SQLException e) {
            throw notKept(e);
        }
        counts.discarded(table);
        LOG.warn("Row discarded source={} table={} at={} cause=\"{}\"", source, table, at, cause.getMessage());
    }

    @Override
    public void tableFailed(TableTarget target, ReplicationException cause) {
        tableFailed(target.format().table(), cause);
    }

    void tableFailed(TableId table, ReplicationException cause) {
        disable(table, cause, "", Optional.empty());
    }

    /** @param statement the source's statement that could not be followed; empty when it was none */
    void disable(TableId table, ReplicationException cause, String sqlState, Optional<String> statement) {
        try {
            errors.add(connection, entry(table, cause, sqlState, statement, Optional.empty()));
            if (targets.table(table).isEmpty()) { // it came with the stream and never worked
                String schema = filter.destinationSchema(table.schema()).orElse(table.schema());
                tables.put(connection, source, table, schema, DestinationNames.table(table.name()), State.COPYING);
            }
            tables.disable(connection, source, table, new Reason(cause.code().name(), cause.getMessage()));
            targets.changed(table);
        } catch (SQLException e) {
            throw notKept(e);
        }
        LOG.error("Table disabled source={} table={} cause=\"{}\"", source, table, cause.getMessage());
    }

    private LoggedError.Entry entry(
            TableId table,
            ReplicationException cause,
            String sqlState,
            Optional<String> statement,
            Optional<BinlogCoordinates> at) {
        return new LoggedError.Entry(
                source,
                Optional.of(table),
                cause.code().name(),
                Optional.of(sqlState).filter(s -> !s.isEmpty()),
                cause.getMessage(),
                statement,
                at,
                Optional.of(topic),
                OptionalLong.of(offset));
    }

    /** For people; what must not be lost is the raw record beside it. */
    private Optional<String> json(byte[] value) {
        Schema schema = schemaIds.byId(WireFormat.readId(value));
        try {
            Object envelope = new GenericDatumReader<>(schema)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(
                                            value,
                                            WireFormat.HEADER_LENGTH,
                                            value.length - WireFormat.HEADER_LENGTH,
                                            null));
            return Optional.of(GenericData.get().toString(envelope)).filter(text -> !text.contains("\\u0000"));
        } catch (IOException | AvroRuntimeException e) {
            LOG.debug("No JSON form of a discarded row", e);
            return Optional.empty();
        }
    }

    private ReplicationException notKept(SQLException cause) {
        ReplicationException translated =
                PgErrors.translate(cause, "A refused row or table cannot be kept", Map.of("source", source));
        return translated.code().handling() == ErrorCode.Handling.RETRY
                ? translated
                : new ReplicationException(
                        ErrorCode.INTERNAL,
                        "A refused row or table cannot be kept in the catalogue",
                        Map.of("source", source),
                        "Replay stops, so that nothing is lost; check the catalogue's tables.",
                        cause);
    }
}
