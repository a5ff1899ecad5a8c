package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Takes events off the connection as raw bytes, whatever their type: only the header is read here.
 *
 * <p>To the client library every event is of an unknown type with position 0, so that it keeps no state of its own.
 */
final class RawEventDeserializer extends EventDeserializer {
    private static final int HEADER_LENGTH = 19;

    /** One byte for the algorithm, four for the value. */
    private static final int CHECKSUM_TAIL = 5;

    private static final int CRC32 = 1;
    private static final int CRC32_LENGTH = 4;

    /** What the client sees of every event; it reads the header only. */
    private static final EventHeaderV4 UNKNOWN = unknownHeader();

    private final byte[] header = new byte[HEADER_LENGTH];
    private final byte[] checksum = new byte[CRC32_LENGTH];
    private int checksumLength;

    @Override
    public void setChecksumType(ChecksumType checksumType) {
        super.setChecksumType(checksumType);
        checksumLength = checksumType.getLength();
    }

    @Override
    public Event nextEvent(ByteArrayInputStream in) throws IOException {
        if (in.peek() == -1) {
            return null;
        }
        in.fill(header, 0, HEADER_LENGTH);
        int typeCode = header[4] & 0xFF;
        long length = unsigned32(9);
        BinlogEventType type = BinlogEventType.of(typeCode);
        byte[] body = body(in, type, (int) length - HEADER_LENGTH);
        var event = new BinlogEvent(type, typeCode, unsigned32(0), unsigned32(5), length, unsigned32(13), body);
        return new Event(UNKNOWN, event);
    }

    private byte[] body(ByteArrayInputStream in, BinlogEventType type, int length) throws IOException {
        if (type == BinlogEventType.FORMAT_DESCRIPTION) {
            return formatDescription(in.read(length));
        }
        if (length < checksumLength) {
            throw new IOException(type + " event of " + length + " bytes");
        }
        byte[] body = in.read(length - checksumLength);
        in.fill(checksum, 0, checksumLength);
        return body;
    }

    /** Each file says in its first event whether its events end in a checksum; that first event always has room for one. */
    private byte[] formatDescription(byte[] body) throws IOException {
        if (body.length <= CHECKSUM_TAIL) {
            throw new IOException("format description event of " + body.length + " bytes");
        }
        checksumLength = body[body.length - CHECKSUM_TAIL] == CRC32 ? CRC32_LENGTH : 0;
        return Arrays.copyOf(body, body.length - CRC32_LENGTH);
    }

    private long unsigned32(int at) {
        return (header[at] & 0xFFL)
                | (header[at + 1] & 0xFFL) << 8
                | (header[at + 2] & 0xFFL) << 16
                | (header[at + 3] & 0xFFL) << 24;
    }

    private static EventHeaderV4 unknownHeader() {
        var header = new EventHeaderV4();
        header.setEventType(EventType.UNKNOWN);
        return header;
    }
}
