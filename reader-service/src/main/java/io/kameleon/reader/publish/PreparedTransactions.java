package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogEventType;
import io.kameleon.reader.binlog.EventSpool;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * XA transactions: their rows stand in the log where they were prepared, and come into being where they are committed, maybe much
 * later and in another order. Until then their events are kept here.
 *
 * <p>What is kept goes with the process. The reader comes back to {@link #earliest}, or on MySQL leaves the GTIDs of what is prepared
 * out of its set, so that the server sends them again. One thread only.
 */
final class PreparedTransactions implements AutoCloseable {
    private static final int MARIADB_FLAGS_AT = 12;
    private static final int MARIADB_PREPARED = 64;

    /** By the identifier as the server writes it, in the order of the log. */
    private final Map<String, Prepared> prepared = new LinkedHashMap<>();

    private EventSpool open;
    private BinlogCoordinates openedAt;
    private String openName = "";

    /**
     * A transaction that waits for its end.
     *
     * @param start   before its first event
     * @param settled makes the source's GTID of it known as read
     */
    record Prepared(EventSpool events, BinlogCoordinates start, Runnable settled) {}

    /** Whether such an event, in an open transaction, is part of what it does. */
    static boolean holds(BinlogEventType type) {
        return switch (type) {
            case TABLE_MAP,
                    WRITE_ROWS_V1,
                    UPDATE_ROWS_V1,
                    DELETE_ROWS_V1,
                    WRITE_ROWS_V2,
                    UPDATE_ROWS_V2,
                    DELETE_ROWS_V2,
                    PARTIAL_UPDATE_ROWS -> true;
            default -> false;
        };
    }

    /** Whether MariaDB's GTID event opens a transaction that ends prepared; MySQL has a statement for it. */
    static boolean isPrepare(BinlogEvent event) {
        return event.body().length > MARIADB_FLAGS_AT && (event.body()[MARIADB_FLAGS_AT] & MARIADB_PREPARED) != 0;
    }

    /** Whether an XA_PREPARE event also commits. */
    static boolean isOnePhase(BinlogEvent event) {
        return event.body().length > 0 && event.body()[0] != 0;
    }

    /** The events to come belong to a transaction of this kind. */
    void begin(BinlogCoordinates start) {
        abandon();
        open = new EventSpool();
        openedAt = start;
    }

    boolean isOpen() {
        return open != null;
    }

    void add(BinlogEvent event) {
        open.add(event);
    }

    /** @param name the identifier of the open one */
    void name(String name) {
        openName = name;
    }

    /** The open one was committed in one phase. Whoever takes it closes it. */
    EventSpool takeOpen() {
        EventSpool taken = open;
        open = null;
        return taken;
    }

    /** The open one is prepared. */
    void prepare(Runnable settled) {
        Prepared old = prepared.put(openName, new Prepared(takeOpen(), openedAt, settled));
        if (old != null) { // sent again
            old.events().close();
        }
    }

    /** The named one has come to its end; empty when it was prepared before this reader began. Whoever takes it closes it. */
    Optional<Prepared> take(String name) {
        return Optional.ofNullable(prepared.remove(name));
    }

    /** Where reading by coordinates has to begin again, so that nothing kept here is missed; empty when nothing is. */
    Optional<BinlogCoordinates> earliest() {
        return prepared.values().stream().findFirst().map(Prepared::start);
    }

    private void abandon() {
        if (open != null) {
            takeOpen().close();
        }
    }

    @Override
    public void close() {
        abandon();
        prepared.values().forEach(p -> p.events().close());
        prepared.clear();
    }
}
