package io.kameleon.reader.binlog;

import com.github.luben.zstd.ZstdInputStream;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The events inside a compressed transaction ({@code binlog_transaction_compression}), unpacked one at a time, so that memory
 * does not grow with the transaction (F1). They carry no checksum; their positions mean nothing.
 *
 * <p>Body: fields of packed type, packed length and value up to the end mark, then the payload (MySQL's
 * {@code libs/mysql/binlog/event/codecs/binary.cpp}).
 */
public final class PayloadEvents {
    private static final int HEADER_LENGTH = 19;
    private static final int FIELD_END = 0;
    private static final int FIELD_COMPRESSION = 2;
    private static final int ZSTD = 0;
    private static final int NONE = 255;

    private final InputStream events;

    private PayloadEvents(InputStream events) {
        this.events = events;
    }

    /** @throws ReplicationException BINLOG_CORRUPT; BINLOG_EVENT_UNKNOWN for another compression than zstd */
    public static PayloadEvents of(byte[] body) {
        try {
            var in = new BinlogInput().wrap(body, 0, body.length);
            int compression = ZSTD;
            for (int field = in.readPackedLength(); field != FIELD_END; field = in.readPackedLength()) {
                int length = in.readPackedLength();
                int at = in.skip(length);
                if (field == FIELD_COMPRESSION) {
                    compression = new BinlogInput().wrap(body, at, at + length).readPackedLength();
                }
            }
            int from = in.position();
            var payload = new ByteArrayInputStream(body, from, body.length - from);
            return switch (compression) {
                case ZSTD -> new PayloadEvents(new ZstdInputStream(payload));
                case NONE -> new PayloadEvents(payload);
                default ->
                    throw new ReplicationException(
                            ErrorCode.BINLOG_EVENT_UNKNOWN,
                            "A transaction is compressed by unknown method " + compression,
                            Map.of(),
                            "Run SET GLOBAL binlog_transaction_compression = OFF on the server.");
            };
        } catch (IOException e) {
            throw corrupt(e);
        }
    }

    /** Hands over each event, in order. */
    public void forEach(Consumer<BinlogEvent> consumer) {
        try (var in = new DataInputStream(events)) {
            byte[] header = new byte[HEADER_LENGTH];
            while (readHeader(in, header)) {
                var fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
                int typeCode = header[4] & 0xFF;
                int length = fields.getInt(9);
                if (length < HEADER_LENGTH) {
                    throw new EOFException("an event of " + length + " bytes");
                }
                byte[] body = in.readNBytes(length - HEADER_LENGTH);
                if (body.length < length - HEADER_LENGTH) {
                    throw new EOFException("the payload ends inside an event");
                }
                consumer.accept(new BinlogEvent(
                        BinlogEventType.of(typeCode),
                        typeCode,
                        fields.getInt(0) & 0xFFFFFFFFL,
                        fields.getInt(5) & 0xFFFFFFFFL,
                        length,
                        0,
                        body));
            }
        } catch (IOException e) {
            throw corrupt(e);
        }
    }

    private static boolean readHeader(DataInputStream in, byte[] header) throws IOException {
        int read = in.readNBytes(header, 0, HEADER_LENGTH);
        if (read > 0 && read < HEADER_LENGTH) {
            throw new EOFException("the payload ends inside a header");
        }
        return read == HEADER_LENGTH;
    }

    private static ReplicationException corrupt(IOException cause) {
        return new ReplicationException(
                ErrorCode.BINLOG_CORRUPT,
                "A compressed transaction cannot be unpacked",
                Map.of(),
                "Check the log on the server with mysqlbinlog --verify-binlog-checksum.",
                cause);
    }
}
