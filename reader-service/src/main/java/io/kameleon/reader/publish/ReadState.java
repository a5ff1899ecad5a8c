package io.kameleon.reader.publish;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.server.ServerFacts;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.Map;
import java.util.Optional;

/**
 * All that a reader needs to go on, as of its last Kafka transaction.
 *
 * @param position           after the last whole source transaction that is in the topic
 * @param readFrom           where reading by coordinates begins, when it is before {@code position}: there stands a prepared
 *                           transaction that has not come to its end
 * @param recordsToSkip      records of the next source transaction that are in the topic already (it was too large for one Kafka
 *                           transaction); 0 between transactions
 * @param lastEventMillis    source time of the last event read; 0 before the first
 * @param writtenMillis      when this state was written, by the reader's clock
 * @param tables             every table of the mapped schemas, as defined at {@code position}
 */
public record ReadState(
        SourcePosition position,
        Optional<BinlogCoordinates> readFrom,
        boolean mariaDb,
        String serverVersion,
        long serverId,
        long recordsToSkip,
        long lastEventMillis,
        long writtenMillis,
        long rowsTotal,
        long transactionsTotal,
        Map<TableId, TableDefinition> tables) {
    /** Nothing read yet. */
    public static ReadState beginning(
            SourcePosition position, ServerFacts server, long writtenMillis, Map<TableId, TableDefinition> tables) {
        return new ReadState(
                position,
                Optional.empty(),
                server.isMariaDb(),
                server.version().toString(),
                server.serverId(),
                0,
                0,
                writtenMillis,
                0,
                0,
                tables);
    }

    public ReadState {
        requireNonNull(position, "position");
        requireNonNull(readFrom, "readFrom");
        requireNonNull(serverVersion, "serverVersion");
        tables = Map.copyOf(tables);
    }
}
