package io.kameleon.replay.consume;

import io.kameleon.catalogue.store.PgErrors;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.ConsistentPoint;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.TableCounts;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.replay.apply.ApplyMode;
import io.kameleon.replay.apply.CascadeRun;
import io.kameleon.replay.apply.CascadeWriter;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.row.RowFormat;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.WireFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What foreign keys do in one table that is copied again, because of rows of its parents, and the source does not log. What comes
 * to it through a third table cannot be followed beside replay, which has the third table's rows: the copy starts over. One thread
 * only.
 */
final class FollowedCascades {
    private final ReplaySettings settings;
    private final TableId table;
    private final DestinationTable copied;
    private final Optional<BinlogCoordinates> exactPoint;
    private final Connection connection;
    private final Cascades gathered;
    private final CascadeWriter writer;
    private final Map<Integer, TableTarget> parents = new HashMap<>();

    FollowedCascades(
            ReplaySettings settings,
            TableId table,
            DestinationTable copied,
            Optional<BinlogCoordinates> exactPoint,
            Connection connection) {
        this.settings = settings;
        this.table = table;
        this.copied = copied;
        this.exactPoint = exactPoint;
        this.connection = connection;
        this.gathered = new Cascades(settings, id -> id.equals(table) ? Optional.of(place()) : Optional.empty());
        this.writer = new CascadeWriter(connection);
    }

    private ReplicaTable place() {
        return new ReplicaTable(
                settings.source(),
                table,
                copied.schema(),
                copied.name(),
                State.REPLICATED,
                exactPoint.map(point -> new ConsistentPoint(point, "")),
                true,
                Optional.empty(),
                0,
                TableCounts.none(table),
                Optional.empty());
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }

    boolean isHalf() {
        return gathered.isHalf();
    }

    boolean continues(Header header, ConsumerRecord<byte[], byte[]> message) {
        return gathered.continues(
                header == null ? null : header.value(), parents.get(WireFormat.readId(message.value())));
    }

    void add(byte[] header, ConsumerRecord<byte[], byte[]> message) {
        if (!gathered.children(header).contains(table)) {
            return;
        }
        int schemaId = WireFormat.readId(message.value());
        RowFormat format = format(schemaId, message.key());
        RowRecord row = new RowRecord(format).parse(message.value());
        var at = new BinlogCoordinates(
                row.sourceFile(), Math.max(row.sourcePosition(), BinlogCoordinates.FIRST_EVENT_POSITION));
        if (exactPoint.filter(at::isBefore).isPresent()) {
            return; // the copy has it
        }
        if (!gathered.comesOnlyFrom(header, format.table(), table)) {
            throw new ReplicationException(
                    ErrorCode.TABLE_DEFINITION_MISMATCH,
                    "Foreign keys changed rows of the table, through another one, while it was copied again",
                    Map.of("table", table, "because_of", format.table()),
                    "The copy starts over by itself.");
        }
        TableTarget parent = parents.computeIfAbsent(
                schemaId,
                id -> TableTarget.of(
                        format, destination(format.table()), ApplyMode.STRICT, TableTargets.policy(settings.values())));
        var unused = gathered.add(header, parent, message.value(), at);
    }

    private RowFormat format(int schemaId, byte[] key) {
        return RowFormat.of(
                settings.schemaIds().byId(schemaId),
                key == null ? null : settings.schemaIds().byId(WireFormat.readId(key)));
    }

    private DestinationTable destination(TableId parent) {
        if (parent.equals(table)) {
            return copied;
        }
        try {
            Optional<ReplicaTable> known = new TableStore().find(connection, settings.source(), parent);
            ReplicaTable place = known.filter(found -> found.state() == State.REPLICATED)
                    .orElseThrow(() -> new ReplicationException(
                            ErrorCode.WRONG_STATE,
                            "A table that it references is not replicated now",
                            Map.of("table", table, "references", parent),
                            "It is tried again by itself."));
            return DestinationTableLookup.find(connection, place.destinationSchema(), place.destinationTable());
        } catch (SQLException e) {
            throw PgErrors.translate(e, "A table that is referenced cannot be read", Map.of("table", parent));
        }
    }

    void flush() {
        CascadeRun run = gathered.take();
        if (run != null) {
            writer.run(run);
        }
    }

    void clear() {
        gathered.clear();
        parents.clear();
        writer.clear();
    }
}
