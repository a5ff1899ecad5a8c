package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializer;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.SourcePosition;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A replication connection: the events of one server from a position on, in order, until it breaks.
 *
 * <p>A thread of its own takes events off the network into a queue bounded in bytes, so that reading goes on while the
 * previous events are decoded, and stops when the consumer is slower. {@link #poll} belongs to one thread; {@link #close}
 * may be called from any.
 */
public final class BinlogStream implements AutoCloseable {
    /** Dozens of the events that servers write by default. More of them would only be copied by each garbage collection. */
    private static final long QUEUE_BYTES_MAX = 256L << 10;

    private static final long CLOSE_MILLIS_MAX = 10_000;
    /** Generous: a server may search its log for a while before the first event, and says nothing then. */
    private static final int HEARTBEATS_MISSED_MAX = 60;

    /** Held, because the JDK forgets the level of a logger that nobody holds. The client tells each connect at INFO. */
    private static final Logger CLIENT_LOG = Logger.getLogger(RawClient.class.getName());

    static {
        CLIENT_LOG.setLevel(Level.WARNING);
    }

    private final BinaryLogClient client;
    private final Thread thread;
    private final EventQueue queue = new EventQueue(QUEUE_BYTES_MAX);

    private BinlogStream(BinaryLogClient client, String name) {
        this.client = client;
        client.registerEventListener(event -> queue.put(event.getData()));
        client.registerLifecycleListener(new BinaryLogClient.AbstractLifecycleListener() {
            @Override
            public void onCommunicationFailure(BinaryLogClient broken, Exception cause) {
                queue.fail(BinlogFailure.of(name, cause));
            }

            @Override
            public void onEventDeserializationFailure(BinaryLogClient broken, Exception cause) {
                queue.fail(new ReplicationException(
                        ErrorCode.BINLOG_CORRUPT,
                        "An event of the binary log cannot be read",
                        Map.of("source", name),
                        "Check the log on the server with mysqlbinlog --verify-binlog-checksum.",
                        cause));
            }
        });
        thread = new Thread(() -> run(name), "binlog-" + name);
        thread.setDaemon(true);
    }

    /**
     * Starts to read; failures to connect come out of {@link #poll}.
     *
     * @param serverId   the id to announce, unique among the server's replicas
     * @param heartbeat  how often an idle server sends a sign of life; a silence of {@value #HEARTBEATS_MISSED_MAX} times
     *     that long is a failure
     * @param byGtid     resume by the position's GTID set instead of its coordinates: after a change of server
     */
    public static BinlogStream open(
            String name,
            BinlogEndpoint endpoint,
            long serverId,
            SourcePosition from,
            boolean byGtid,
            Duration heartbeat) {
        var client = new RawClient(endpoint.host(), endpoint.port(), endpoint.user(), endpoint.password());
        client.setEventDeserializer(new RawEventDeserializer());
        client.setServerId(serverId);
        client.setSSLMode(ReplicationTls.mode(endpoint.tls()));
        client.setSslSocketFactory(ReplicationTls.of(endpoint));
        client.setKeepAlive(false);
        client.setConnectTimeout(endpoint.connectTimeout().toMillis());
        client.setHeartbeatInterval(heartbeat.toMillis());
        client.setNetReadTimeout(endpoint.netTimeout().toSeconds());
        client.setNetWriteTimeout(endpoint.netTimeout().toSeconds());
        client.setSocketFactory(() -> new SilenceLimitedSocket(heartbeat.multipliedBy(HEARTBEATS_MISSED_MAX)));
        if (byGtid) {
            client.setGtidSet(from.gtidSet());
        } else {
            client.setBinlogFilename(from.coordinates().file());
            client.setBinlogPosition(from.coordinates().position());
        }
        var stream = new BinlogStream(client, name);
        stream.thread.start();
        return stream;
    }

    /**
     * The next event, or null when none arrived in time.
     *
     * @throws ReplicationException once everything received before the failure has been handed out: SOURCE_UNREACHABLE (retry
     *     from the last committed position), BINLOG_PURGED, SERVER_ID_CLASH, SOURCE_ACCESS_DENIED, BINLOG_CORRUPT
     */
    public BinlogEvent poll(Duration wait) throws InterruptedException {
        return queue.poll(wait);
    }

    /** Bytes of events that wait to be polled. */
    public long queuedBytes() {
        return queue.bytes();
    }

    private void run(String name) {
        try {
            client.connect();
            queue.fail(BinlogFailure.of(name, new IOException("the server closed the connection")));
        } catch (IOException | RuntimeException e) {
            queue.fail(BinlogFailure.of(name, e));
        }
    }

    @Override
    public void close() {
        queue.close();
        try {
            client.disconnect();
            thread.join(CLOSE_MILLIS_MAX);
        } catch (IOException e) {
            queue.fail(BinlogFailure.of(thread.getName(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands events over as they are: no GTID set of its own, no decoding. */
    private static final class RawClient extends BinaryLogClient {
        RawClient(String host, int port, String user, String password) {
            super(host, port, user, password);
        }

        @Override
        protected void updateGtidSet(Event event) {
            // The reader keeps the set itself, at transaction ends only (F10, F16).
        }

        @Override
        protected void ensureGtidEventDataDeserializer() {
            // Events stay raw.
        }

        @Override
        @SuppressWarnings("rawtypes")
        protected void ensureEventDataDeserializer(
                EventType type, Class<? extends EventDataDeserializer> deserializer) {
            // Events stay raw.
        }
    }

    /** A read that sees nothing, not even heartbeats, for so long has lost its server without a word (F68). */
    private static final class SilenceLimitedSocket extends java.net.Socket {
        private final int silenceMillis;

        SilenceLimitedSocket(Duration silence) {
            silenceMillis = (int) Math.min(Integer.MAX_VALUE, silence.toMillis());
        }

        @Override
        public void connect(java.net.SocketAddress endpoint, int timeout) throws IOException {
            super.connect(endpoint, timeout);
            setSoTimeout(silenceMillis);
            setTcpNoDelay(true);
        }
    }
}
