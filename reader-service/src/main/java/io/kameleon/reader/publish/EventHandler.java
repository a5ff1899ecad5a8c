package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogCursor;
import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogEventType;
import io.kameleon.reader.binlog.EventSpool;
import io.kameleon.reader.binlog.GtidProgress;
import io.kameleon.reader.binlog.MariaDbCompression;
import io.kameleon.reader.binlog.PayloadEvents;
import io.kameleon.reader.binlog.QueryEvent;
import io.kameleon.reader.binlog.RowDecoder;
import io.kameleon.reader.binlog.RowsEventDecoder;
import io.kameleon.reader.binlog.RowsKind;
import io.kameleon.reader.binlog.TableMap;
import io.kameleon.reader.publish.CascadeHeaders.TableCascades;
import io.kameleon.reader.publish.PreparedTransactions.Prepared;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.progress.ProgressMeter;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the events of one server in order: keeps position, GTIDs, transaction bounds and definitions, and publishes the rows.
 * Every type that is not handled here stops the source (F1 to F4). One thread only.
 */
final class EventHandler implements AutoCloseable {
    private static final long MARIADB_STANDALONE = 1;
    private static final String XA_UNKNOWN =
            "an XA transaction was committed that had been prepared before reading began: which"
                    + " rows it changed is not known";
    private static final int MARIADB_FLAGS_AT = 12;
    private static final String CASCADE_LOST =
            "a foreign key changed rows of it because of a row that the server did not log"
                    + " whole; let no session set binlog_row_image to anything but FULL";

    private final EventCounts counts = new EventCounts();
    private final String source;
    private final BinlogCursor cursor;
    private final GtidProgress gtids;
    private final TableRegister tables;
    private final StatementHandler statements;
    private final RowPublisher publisher;
    private final EnvelopeWriter envelopes;
    private final RowsEventDecoder decoder = new RowsEventDecoder();
    private final Set<PublishedTable> tablesInTransaction = new HashSet<>();
    private final PreparedTransactions prepared = new PreparedTransactions();
    /** Null once everything that comes is new. */
    private PreparedSearch search;

    private BinlogCoordinates committed;
    private boolean insideTransaction;
    private long lastEventMillis;

    EventHandler(
            String source,
            ReadState from,
            TableRegister tables,
            StatementHandler statements,
            RowPublisher publisher,
            EnvelopeWriter envelopes) {
        this.source = source;
        this.committed = from.position().coordinates();
        this.cursor = new BinlogCursor(from.readFrom().orElse(committed));
        this.search = from.readFrom().isEmpty() ? null : new PreparedSearch(prepared, statements, committed);
        this.gtids = GtidProgress.of(from.mariaDb(), from.position().gtidSet());
        this.tables = tables;
        this.statements = statements;
        this.publisher = publisher;
        this.envelopes = envelopes;
        this.lastEventMillis = from.lastEventMillis();
    }

    /** After the last source transaction that has ended. */
    BinlogCoordinates committed() {
        return committed;
    }

    /** Where the next session has to begin when it goes by coordinates; empty for {@link #committed()}. */
    Optional<BinlogCoordinates> readFrom() {
        return prepared.earliest();
    }

    String gtidSet() {
        return gtids.set();
    }

    /** Source time of the last event of the log; 0 before the first. */
    long lastEventMillis() {
        return lastEventMillis;
    }

    /** Whether the last event ended a transaction or stood between two: then {@link #committed()} is where the reader is. */
    boolean isBetweenTransactions() {
        return !insideTransaction && committed.equals(cursor.coordinates());
    }

    boolean isInsideTransaction() {
        return insideTransaction;
    }

    /** Tells what came since the last call. */
    void tellCounts(ProgressMeter meter) {
        counts.tell(meter);
    }

    void handle(BinlogEvent event) {
        counts.event(event);
        long start = cursor.position();
        cursor.advance(event);
        if (event.timestampSeconds() > 0 && event.type() != BinlogEventType.HEARTBEAT) {
            lastEventMillis = event.timestampSeconds() * 1000;
        }
        if (search == null) {
            dispatch(event, start);
        } else if (search.look(event, start, cursor)) {
            search = null;
        }
    }

    private void dispatch(BinlogEvent event, long start) {
        if (prepared.isOpen() && PreparedTransactions.holds(event.type())) {
            prepared.add(event);
            return;
        }
        switch (event.type()) {
            case PARTIAL_UPDATE_ROWS -> rows(event, RowsKind.UPDATE, 2, start);
            case WRITE_ROWS_V2 -> rows(event, RowsKind.WRITE, 2, start);
            case UPDATE_ROWS_V2 -> rows(event, RowsKind.UPDATE, 2, start);
            case DELETE_ROWS_V2 -> rows(event, RowsKind.DELETE, 2, start);
            case WRITE_ROWS_V1 -> rows(event, RowsKind.WRITE, 1, start);
            case UPDATE_ROWS_V1 -> rows(event, RowsKind.UPDATE, 1, start);
            case DELETE_ROWS_V1 -> rows(event, RowsKind.DELETE, 1, start);
            case TABLE_MAP -> tables.map(event.body());
            case GTID, GTID_TAGGED, ANONYMOUS_GTID -> begin(event, start, false);
            case MARIADB_GTID -> beginMariaDb(event, start);
            case QUERY -> query(event, start);
            case XID -> end();
            case XA_PREPARE -> prepare(event);
            case TRANSACTION_PAYLOAD -> PayloadEvents.of(event.body()).forEach(inner -> dispatch(inner, start));
            case ROTATE, FORMAT_DESCRIPTION -> {
                tables.forgetMaps();
                committed = insideTransaction ? committed : cursor.coordinates();
            }
            case HEARTBEAT, STOP, PREVIOUS_GTIDS, MARIADB_GTID_LIST, IGNORABLE, STATEMENT_CONTEXT -> {
                if (!insideTransaction && event.type() != BinlogEventType.STATEMENT_CONTEXT) {
                    committed = cursor.coordinates();
                }
            }
            case MARIADB_COMPRESSED -> dispatch(MariaDbCompression.expand(event), start);
            default -> throw unknown(event);
        }
    }

    private void begin(BinlogEvent event, long start, boolean explicit) {
        gtids.begin(event);
        insideTransaction = explicit;
        long millis = gtids.commitMillis() > 0 ? gtids.commitMillis() : event.timestampSeconds() * 1000;
        envelopes.startTransaction(gtids.current(), cursor.file(), start, event.serverId(), millis);
    }

    /** Opens a transaction, as BEGIN does on MySQL, unless the one statement that follows stands alone. */
    private void beginMariaDb(BinlogEvent event, long start) {
        int flags = event.body().length > MARIADB_FLAGS_AT ? event.body()[MARIADB_FLAGS_AT] & 0xFF : 0;
        begin(event, start, (flags & MARIADB_STANDALONE) == 0);
        if (PreparedTransactions.isPrepare(event)) {
            prepared.begin(new BinlogCoordinates(cursor.file(), start));
        }
    }

    private void rows(BinlogEvent event, RowsKind kind, int version, long start) {
        PublishedTable table = tables.forRows(TableMap.tableId(event.body()));
        if (table == null) {
            counts.filtered();
            return;
        }
        RowDecoder rowDecoder = table.decoder();
        boolean acts = kind != RowsKind.WRITE && !RowsEventDecoder.logsForeignKeyEffects(event.body());
        publisher.startEvent(table, start, acts ? tables.cascades(table.id()) : TableCascades.NONE);
        tablesInTransaction.add(table);
        try {
            if (event.type() == BinlogEventType.PARTIAL_UPDATE_ROWS) {
                decoder.decodePartialUpdate(event.body(), rowDecoder, publisher);
            } else {
                decoder.decode(kind, version, event.body(), rowDecoder, publisher);
            }
        } catch (ReplicationException e) {
            switch (e.code().handling()) {
                case DISCARD_ROW, DISABLE_TABLE -> tables.disable(table.id(), e.getMessage());
                default -> throw e;
            }
        }
        if (acts) {
            publisher.takeLostChildren().forEach(child -> tables.disable(child, CASCADE_LOST));
        }
    }

    private void query(BinlogEvent event, long start) {
        if (QueryEvent.isBegin(event.body())) { // before most transactions, so it is worth a look of its own
            insideTransaction = true;
            return;
        }
        QueryEvent query = QueryEvent.parse(event.body());
        switch (statements.handle(query, event)) {
            case BEGIN -> insideTransaction = true;
            case END -> end();
            case SINGLE -> {
                if (!insideTransaction) {
                    end();
                }
            }
            case XA_BEGIN -> {
                insideTransaction = true;
                prepared.begin(new BinlogCoordinates(cursor.file(), start));
            }
            case XA_NAMED -> prepared.name(statements.transactionName());
            case XA_COMMIT -> commitPrepared(start);
            case XA_ROLLBACK -> rollbackPrepared();
            case UNDONE -> {
                if (prepared.isOpen()) {
                    prepared.add(event);
                } else {
                    disableUndone();
                }
            }
            case UNDONE_AND_END -> {
                disableUndone();
                end();
            }
            case INSIDE -> {
                // A savepoint, or what does not concern us, in the middle of a transaction.
            }
        }
    }

    /** The transaction under way waits for another one that commits it, unless it was committed in one phase. */
    private void prepare(BinlogEvent event) {
        if (!prepared.isOpen()) {
            throw unknown(event);
        }
        if (PreparedTransactions.isOnePhase(event)) {
            try (EventSpool events = prepared.takeOpen()) {
                events.forEach(inner -> dispatch(inner, cursor.position()));
            }
            end();
            return;
        }
        prepared.prepare(gtids.postpone());
        insideTransaction = false;
        if (committed.isBefore(cursor.coordinates())) { // it may be sent again, from an earlier place
            committed = cursor.coordinates();
        }
    }

    private void commitPrepared(long start) {
        Optional<Prepared> known = prepared.take(statements.transactionName());
        if (known.isPresent()) {
            try (EventSpool events = known.get().events()) {
                events.forEach(inner -> dispatch(inner, start));
            }
        } else {
            statements.disableAll(XA_UNKNOWN);
        }
        end();
        known.ifPresent(transaction -> transaction.settled().run());
    }

    private void rollbackPrepared() {
        Optional<Prepared> known = prepared.take(statements.transactionName());
        end();
        known.ifPresent(transaction -> {
            transaction.events().close();
            transaction.settled().run();
        });
    }

    /** Forgets what is kept: the next session reads it again. */
    @Override
    public void close() {
        prepared.close();
    }

    /** A log with a ROLLBACK in it holds rows that are void beside some that are not: the server alone tells them apart. */
    private void disableUndone() {
        for (PublishedTable table : tablesInTransaction) {
            tables.disable(
                    table.id(),
                    "a transaction that had changed it was rolled back in part, over a table without"
                            + " transactions: which of its rows were undone is not in the log");
        }
    }

    private void end() {
        tablesInTransaction.clear();
        publisher.endSourceTransaction(cursor.file() + ":" + cursor.position());
        gtids.commit();
        committed = cursor.coordinates();
        insideTransaction = false;
    }

    private ReplicationException unknown(BinlogEvent event) {
        String name = event.type() == BinlogEventType.UNKNOWN
                ? "type code " + event.typeCode()
                : event.type() + " (type code " + event.typeCode() + ")";
        return new ReplicationException(
                ErrorCode.BINLOG_EVENT_UNKNOWN,
                "The binary log holds an event that cannot be replicated: " + name,
                Map.of("source", source, "at", cursor.coordinates()),
                "Nothing was lost: the source stops here. Report the server's version and this type.");
    }
}
