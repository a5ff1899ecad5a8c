package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogCursor;
import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogEventType;
import io.kameleon.reader.binlog.MariaDbCompression;
import io.kameleon.reader.binlog.PayloadEvents;
import io.kameleon.reader.binlog.QueryEvent;
import io.kameleon.schemas.position.BinlogCoordinates;

/**
 * Reads again what an earlier session has published, for the sake of the transactions in it that are prepared and not yet at their
 * end. One thread only.
 */
final class PreparedSearch {
    private final PreparedTransactions prepared;
    private final StatementHandler statements;
    private final BinlogCoordinates end;

    /** @param end behind everything that was published */
    PreparedSearch(PreparedTransactions prepared, StatementHandler statements, BinlogCoordinates end) {
        this.prepared = prepared;
        this.statements = statements;
        this.end = end;
    }

    /** @return whether the end is reached, so that all further events are new */
    boolean look(BinlogEvent event, long start, BinlogCursor cursor) {
        look(event, new BinlogCoordinates(cursor.file(), Math.max(start, BinlogCoordinates.FIRST_EVENT_POSITION)));
        return !cursor.coordinates().isBefore(end);
    }

    private void look(BinlogEvent event, BinlogCoordinates start) {
        switch (event.type()) {
            case MARIADB_GTID -> {
                if (PreparedTransactions.isPrepare(event)) {
                    prepared.begin(start);
                }
            }
            case XA_PREPARE -> prepare(event);
            case QUERY -> query(event, start);
            case MARIADB_COMPRESSED -> look(MariaDbCompression.expand(event), start);
            case TRANSACTION_PAYLOAD -> PayloadEvents.of(event.body()).forEach(inner -> look(inner, start));
            default -> keep(event, event.type());
        }
    }

    private void keep(BinlogEvent event, BinlogEventType type) {
        if (prepared.isOpen() && PreparedTransactions.holds(type)) {
            prepared.add(event);
        }
    }

    private void prepare(BinlogEvent event) {
        if (!prepared.isOpen()) {
            return;
        }
        if (PreparedTransactions.isOnePhase(event)) {
            prepared.takeOpen().close();
        } else {
            prepared.prepare(() -> {});
        }
    }

    private void query(BinlogEvent event, BinlogCoordinates start) {
        if (QueryEvent.isBegin(event.body())) {
            return;
        }
        switch (statements.control(QueryEvent.parse(event.body()))) {
            case XA_BEGIN -> prepared.begin(start);
            case XA_NAMED -> prepared.name(statements.transactionName());
            case XA_COMMIT, XA_ROLLBACK ->
                prepared.take(statements.transactionName())
                        .ifPresent(known -> known.events().close());
            default -> {
                // Was followed when it was published.
            }
        }
    }
}
