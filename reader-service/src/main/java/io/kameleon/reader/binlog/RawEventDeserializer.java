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

    private final byte[] header = new byte[HEADER_LENGTH];
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
        byte[] body = in.read((int) length - HEADER_LENGTH);
        var event = new BinlogEvent(
                BinlogEventType.of(typeCode),
                typeCode,
                unsigned32(0),
                unsigned32(5),
                length,
                unsigned32(13),
                withoutChecksum(typeCode, body));
        return new Event(unknownHeader(), event);
    }

    /** Each file says in its first event whether its events end in a checksum; that first event always has room for one. */
    private byte[] withoutChecksum(int typeCode, byte[] body) throws IOException {
        int cut = checksumLength;
        if (BinlogEventType.of(typeCode) == BinlogEventType.FORMAT_DESCRIPTION) {
            if (body.length <= CHECKSUM_TAIL) {
                throw new IOException("format description event of " + body.length + " bytes");
            }
            checksumLength = body[body.length - CHECKSUM_TAIL] == CRC32 ? CRC32_LENGTH : 0;
            cut = CRC32_LENGTH;
        }
        return cut == 0 ? body : Arrays.copyOf(body, Math.max(0, body.length - cut));
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
