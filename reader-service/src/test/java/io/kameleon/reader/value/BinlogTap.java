package io.kameleon.reader.value;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.ByteArrayEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import io.kameleon.reader.binlog.RowDecoder;
import io.kameleon.reader.binlog.RowSink;
import io.kameleon.reader.binlog.RowsEventDecoder;
import io.kameleon.reader.binlog.RowsKind;
import io.kameleon.reader.binlog.TableMap;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads the rows of given tables from a real binlog, from a position to its end. */
final class BinlogTap {
    private static final long SERVER_ID = 7_340_001;

    private final Map<TableId, TableDefinition> tables = new HashMap<>();
    private final Map<Long, RowDecoder> decoders = new HashMap<>();
    private final RowsEventDecoder rows = new RowsEventDecoder();
    private final Sinks sinks;

    /** The sink of a table's rows. */
    interface Sinks {
        RowSink of(TableId table);
    }

    BinlogTap(Iterable<TableDefinition> definitions, Sinks sinks) {
        definitions.forEach(table -> tables.put(table.id(), table));
        this.sinks = sinks;
    }

    void read(URI server, String file, long position) throws IOException {
        var client = new BinaryLogClient(
                server.getHost(), server.getPort(), parameter(server, "user"), parameter(server, "password"));
        client.setServerId(SERVER_ID);
        client.setBlocking(false);
        client.setKeepAlive(false);
        client.setBinlogFilename(file);
        client.setBinlogPosition(position);
        var deserializer = new EventDeserializer();
        for (EventType type : EventType.values()) {
            if (type == EventType.TABLE_MAP || EventType.isRowMutation(type)) {
                deserializer.setEventDataDeserializer(type, new ByteArrayEventDataDeserializer());
            }
        }
        client.setEventDeserializer(deserializer);
        var failure = new RuntimeException[1];
        client.registerEventListener(event -> {
            try {
                take(event);
            } catch (RuntimeException e) {
                failure[0] = failure[0] == null ? e : failure[0];
            }
        });
        client.connect();
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private static String parameter(URI server, String name) {
        return Arrays.stream(server.getQuery().split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private void take(Event event) {
        EventType type = event.getHeader().getEventType();
        if (type == EventType.TABLE_MAP) {
            takeTableMap(((ByteArrayEventData) event.getData()).getData());
        } else if (EventType.isRowMutation(type)) {
            byte[] body = ((ByteArrayEventData) event.getData()).getData();
            RowDecoder decoder = decoders.get(RowsEventDecoder.tableId(body));
            if (decoder != null) {
                int version = type.name().startsWith("EXT_") ? 2 : 1;
                rows.decode(
                        kind(type),
                        version,
                        body,
                        decoder,
                        sinks.of(decoder.table().id()));
            }
        }
    }

    private void takeTableMap(byte[] body) {
        TableMap map = TableMap.parse(body);
        TableDefinition table = tables.get(map.table());
        if (table == null) {
            decoders.remove(map.tableId());
        } else {
            decoders.put(map.tableId(), RowDecoder.of(table, map, ZeroDateForm.NULL));
        }
    }

    private static RowsKind kind(EventType type) {
        return EventType.isWrite(type) ? RowsKind.WRITE : EventType.isUpdate(type) ? RowsKind.UPDATE : RowsKind.DELETE;
    }
}
