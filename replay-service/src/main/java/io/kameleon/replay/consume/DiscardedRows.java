package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.DiscardedRow;
import io.kameleon.catalogue.store.DiscardedRowStore;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.LoggedError;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.WireFormat;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps rows of the topic that PostgreSQL refuses, whole, in the transaction that goes on without them. One thread only. */
final class DiscardedRows {
    private static final Logger LOG = LoggerFactory.getLogger(DiscardedRows.class);

    private final String source;
    private final String topic;
    private final SchemaIds schemaIds;
    private final Connection connection;
    private final ErrorStore errors = new ErrorStore();
    private final DiscardedRowStore discarded = new DiscardedRowStore();

    DiscardedRows(ReplaySettings settings, Connection connection) {
        this.source = settings.source();
        this.topic = settings.topic();
        this.schemaIds = settings.schemaIds();
        this.connection = connection;
    }

    /**
     * @param sqlState empty when the value was refused before it reached PostgreSQL
     * @param offset   of the topic, about where the row stands
     */
    void add(
            TableTarget target,
            RowOperation operation,
            byte[] value,
            ReplicationException cause,
            String sqlState,
            long offset)
            throws SQLException {
        TableId table = target.format().table();
        RowRecord place = new RowRecord(target.format()).parse(value);
        var at = new BinlogCoordinates(
                place.sourceFile(), Math.max(place.sourcePosition(), BinlogCoordinates.FIRST_EVENT_POSITION));
        long logid = errors.add(
                connection,
                new LoggedError.Entry(
                        source,
                        Optional.of(table),
                        cause.code().name(),
                        Optional.of(sqlState).filter(s -> !s.isEmpty()),
                        cause.getMessage(),
                        Optional.empty(),
                        Optional.of(at),
                        Optional.of(topic),
                        OptionalLong.of(offset)));
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
        LOG.warn("Row discarded source={} table={} at={} cause=\"{}\"", source, table, at, cause.getMessage());
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
}
