package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.GtidSet;
import com.github.shyiko.mysql.binlog.event.GtidTaggedEventData;
import com.github.shyiko.mysql.binlog.event.MySqlGtid;
import com.github.shyiko.mysql.binlog.event.deserialization.GtidTaggedEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The GTIDs of the transactions read so far, and the one of the transaction under way. MySQL's and MariaDB's are two kinds, never
 * mixed. A GTID joins the set when its transaction ends, not before (F16). One thread only.
 */
public sealed interface GtidProgress {
    /** Takes the GTID event that opens a transaction. */
    void begin(BinlogEvent event);

    /** The open transaction's GTID; empty when the server gave none. */
    String current();

    /** When the open transaction was committed, milliseconds since the epoch; 0 when the server does not say. */
    long commitMillis();

    /** The open transaction has ended: its GTID joins the set. */
    void commit();

    /**
     * The open transaction has ended for now, but not what it did: its GTID joins the set when the answer runs. MariaDB's set has one
     * number per domain, which cannot leave one out, so there it joins at once.
     */
    Runnable postpone();

    /** The set in the server's own notation; empty when there is nothing in it. */
    String set();

    /** @param set as {@link #set()} writes it */
    static GtidProgress of(boolean mariaDb, String set) {
        return mariaDb ? new MariaDb(set) : new MySql(set);
    }

    final class MySql implements GtidProgress {
        private static final GtidTaggedEventDataDeserializer TAGGED = new GtidTaggedEventDataDeserializer();
        private static final int SERVER_AT = 1;
        private static final int NUMBER_AT = 17;
        /** Behind the number: a type code and two logical clocks of 8 bytes. */
        private static final int COMMIT_AT = 42;

        private static final int COMMIT_BYTES = 7;
        /** The highest bit of its 7 bytes tells whether an original time follows. */
        private static final long COMMIT_MASK = (1L << 55) - 1;

        private final GtidSet set;
        private UUID server = new UUID(0, 0);
        private String serverText = server.toString();
        private MySqlGtid gtid;
        private String text = "";
        private long commitMillis;

        MySql(String initial) {
            set = new GtidSet(initial);
        }

        @Override
        public void begin(BinlogEvent event) {
            if (event.type() == BinlogEventType.ANONYMOUS_GTID) {
                gtid = null;
                text = "";
                commitMillis = 0;
                return;
            }
            if (event.type() == BinlogEventType.GTID_TAGGED) {
                beginTagged(event);
            } else {
                beginPlain(event.body());
            }
        }

        /** Body: flags (1 byte), server's UUID (16), number (8), clocks (17), commit time in microseconds (7), ... */
        private void beginPlain(byte[] body) {
            if (body.length < NUMBER_AT + Long.BYTES) {
                throw corrupt(null);
            }
            long high = Long.reverseBytes(littleEndian(body, SERVER_AT, Long.BYTES));
            long low = Long.reverseBytes(littleEndian(body, SERVER_AT + Long.BYTES, Long.BYTES));
            if (server.getMostSignificantBits() != high || server.getLeastSignificantBits() != low) {
                server = new UUID(high, low);
                serverText = server.toString();
            }
            long number = littleEndian(body, NUMBER_AT, Long.BYTES);
            gtid = new MySqlGtid(server, number);
            text = serverText + ":" + number;
            boolean timed = body.length >= COMMIT_AT + COMMIT_BYTES;
            commitMillis = timed ? (littleEndian(body, COMMIT_AT, COMMIT_BYTES) & COMMIT_MASK) / 1000 : 0;
        }

        private void beginTagged(BinlogEvent event) {
            try {
                GtidTaggedEventData data = TAGGED.deserialize(new ByteArrayInputStream(event.body()));
                gtid = data.getMySqlGtid();
                text = gtid.toString();
                commitMillis = data.getImmediateCommitTimestamp() / 1000;
            } catch (IOException | RuntimeException e) {
                throw corrupt(e);
            }
        }

        @Override
        public String current() {
            return text;
        }

        @Override
        public long commitMillis() {
            return commitMillis;
        }

        @Override
        public void commit() {
            if (gtid != null) {
                set.addGtid(gtid);
                gtid = null;
                text = "";
            }
        }

        @Override
        public Runnable postpone() {
            MySqlGtid postponed = gtid;
            gtid = null;
            text = "";
            return () -> {
                if (postponed != null) {
                    set.addGtid(postponed);
                }
            };
        }

        @Override
        public String set() {
            return set.toString();
        }
    }

    /** One last sequence number per domain. */
    final class MariaDb implements GtidProgress {
        private static final int BODY_LENGTH_MIN = 13;

        private final Map<Long, String> lastPerDomain = new TreeMap<>();
        private long domain;
        private String text = "";

        MariaDb(String initial) {
            for (String gtid : initial.split(",")) {
                if (!gtid.isBlank()) {
                    lastPerDomain.put(Long.parseLong(gtid.strip().split("-")[0]), gtid.strip());
                }
            }
        }

        /** Body: sequence (8 bytes), domain (4), flags (1), ...; the server id is the header's. */
        @Override
        public void begin(BinlogEvent event) {
            byte[] body = event.body();
            if (body.length < BODY_LENGTH_MIN) {
                throw corrupt(null);
            }
            domain = littleEndian(body, Long.BYTES, Integer.BYTES);
            text = domain + "-" + event.serverId() + "-" + Long.toUnsignedString(littleEndian(body, 0, Long.BYTES));
        }

        @Override
        public String current() {
            return text;
        }

        /** The event has seconds only, and those in its header. */
        @Override
        public long commitMillis() {
            return 0;
        }

        @Override
        public void commit() {
            if (!text.isEmpty()) {
                lastPerDomain.put(domain, text);
                text = "";
            }
        }

        @Override
        public Runnable postpone() {
            commit();
            return () -> {};
        }

        @Override
        public String set() {
            return String.join(",", lastPerDomain.values());
        }
    }

    private static long littleEndian(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }

    private static ReplicationException corrupt(Exception cause) {
        return new ReplicationException(
                ErrorCode.BINLOG_CORRUPT,
                "A GTID event cannot be read",
                Map.of(),
                "Check the log on the server with mysqlbinlog --verify-binlog-checksum.",
                cause);
    }
}
