package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.GtidSet;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.GtidEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.GtidTaggedEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

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

    /** The set in the server's own notation; empty when there is nothing in it. */
    String set();

    /** @param set as {@link #set()} writes it */
    static GtidProgress of(boolean mariaDb, String set) {
        return mariaDb ? new MariaDb(set) : new MySql(set);
    }

    final class MySql implements GtidProgress {
        private static final EventDataDeserializer<?> PLAIN = new GtidEventDataDeserializer();
        private static final EventDataDeserializer<?> TAGGED = new GtidTaggedEventDataDeserializer();

        private final GtidSet set;
        private com.github.shyiko.mysql.binlog.event.MySqlGtid gtid;
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
            try {
                var deserializer = event.type() == BinlogEventType.GTID_TAGGED ? TAGGED : PLAIN;
                var data = (com.github.shyiko.mysql.binlog.event.GtidEventData)
                        deserializer.deserialize(new ByteArrayInputStream(event.body()));
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
        public String set() {
            return String.join(",", lastPerDomain.values());
        }

        private static long littleEndian(byte[] bytes, int at, int count) {
            long value = 0;
            for (int i = count - 1; i >= 0; i--) {
                value = value << 8 | bytes[at + i] & 0xFF;
            }
            return value;
        }
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
