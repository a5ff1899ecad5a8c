package io.kameleon.reader.binlog;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Makes plain events of MariaDB's compressed ones ({@code log_bin_compress}, F2): the statement, or the rows behind the column
 * bitmaps, are packed with zlib; all before them is as in the plain event.
 *
 * <p>Packed part (MariaDB {@code sql/log_event.cc}, {@code binlog_buf_compress}): a byte with the highest bit set, the algorithm in
 * bits 4 to 6 (0 is zlib) and in the lower bits how many bytes the length takes; the length before packing, highest byte first; zlib data.
 */
public final class MariaDbCompression {
    private static final int QUERY_CODE = 165;
    private static final int QUERY_FIXED = 13;
    private static final int ROWS_FIXED = 8;
    private static final int FIRST_V2_CODE = 169;
    private static final int COMPRESSED = 0x80;
    private static final int ALGORITHM_MASK = 0x70;
    private static final int LENGTH_MASK = 0x07;
    /** MariaDB's largest {@code max_allowed_packet}. */
    private static final long LENGTH_MAX = 1L << 30;
    /** A little over what zlib reaches at best, 1032: a broken length costs no memory. */
    private static final long RATIO_MAX = 1_100;

    private MariaDbCompression() {}

    /**
     * The event as it would be without compression, with the same place in the log.
     *
     * @param event of type {@link BinlogEventType#MARIADB_COMPRESSED}
     * @throws ReplicationException BINLOG_CORRUPT; BINLOG_EVENT_UNKNOWN for another algorithm than zlib
     */
    public static BinlogEvent expand(BinlogEvent event) {
        byte[] body = event.body();
        try {
            byte[] plain = inflate(body, event.typeCode() == QUERY_CODE ? afterDatabase(body) : afterBitmaps(event));
            return new BinlogEvent(
                    plainType(event.typeCode()),
                    event.typeCode(),
                    event.timestampSeconds(),
                    event.serverId(),
                    event.length(),
                    event.nextPosition(),
                    plain);
        } catch (IndexOutOfBoundsException | DataFormatException e) {
            throw corrupt(e);
        }
    }

    private static BinlogEventType plainType(int code) {
        return switch (code) {
            case QUERY_CODE -> BinlogEventType.QUERY;
            case 166 -> BinlogEventType.WRITE_ROWS_V1;
            case 167 -> BinlogEventType.UPDATE_ROWS_V1;
            case 168 -> BinlogEventType.DELETE_ROWS_V1;
            case 169 -> BinlogEventType.WRITE_ROWS_V2;
            case 170 -> BinlogEventType.UPDATE_ROWS_V2;
            case 171 -> BinlogEventType.DELETE_ROWS_V2;
            default -> throw new IllegalArgumentException("type code " + code + " is no compressed event");
        };
    }

    private static int afterDatabase(byte[] body) {
        int database = body[8] & 0xFF;
        int status = (body[11] & 0xFF) | (body[12] & 0xFF) << 8;
        return QUERY_FIXED + status + database + 1;
    }

    private static int afterBitmaps(BinlogEvent event) {
        var in = new BinlogInput().wrap(event.body(), 0, event.body().length);
        in.skip(ROWS_FIXED);
        if (event.typeCode() >= FIRST_V2_CODE) {
            in.skip(in.readUnsigned16LE() - 2);
        }
        int bitmap = (in.readPackedLength() + 7) >>> 3;
        boolean update = plainType(event.typeCode()) == BinlogEventType.UPDATE_ROWS_V1
                || plainType(event.typeCode()) == BinlogEventType.UPDATE_ROWS_V2;
        in.skip(update ? 2 * bitmap : bitmap);
        return in.position();
    }

    /** The bytes before {@code from} as they are, and behind them what is packed there. */
    private static byte[] inflate(byte[] body, int from) throws DataFormatException {
        int head = body[from] & 0xFF;
        if ((head & COMPRESSED) == 0) {
            throw new DataFormatException("no packed part");
        }
        if ((head & ALGORITHM_MASK) != 0) {
            throw new ReplicationException(
                    ErrorCode.BINLOG_EVENT_UNKNOWN,
                    "An event is compressed by unknown method " + ((head & ALGORITHM_MASK) >> 4),
                    Map.of(),
                    "Run SET GLOBAL log_bin_compress = OFF on the server.");
        }
        int at = from + 1;
        int data = at + (head & LENGTH_MASK);
        long length = 0;
        while (at < data) {
            length = length << 8 | body[at++] & 0xFF;
        }
        if (length > LENGTH_MAX || length > RATIO_MAX * Math.max(body.length - data, 1)) {
            throw new DataFormatException("a packed part of " + length + " bytes");
        }
        byte[] plain = Arrays.copyOf(body, Math.toIntExact(from + length));
        inflate(body, data, plain, from);
        return plain;
    }

    private static void inflate(byte[] body, int data, byte[] plain, int from) throws DataFormatException {
        var inflater = new Inflater();
        try {
            inflater.setInput(body, data, body.length - data);
            int at = from;
            while (at < plain.length) {
                int more = inflater.inflate(plain, at, plain.length - at);
                if (more == 0) {
                    throw new DataFormatException("the packed part ends early");
                }
                at += more;
            }
        } finally {
            inflater.end();
        }
    }

    private static ReplicationException corrupt(Exception cause) {
        return new ReplicationException(
                ErrorCode.BINLOG_CORRUPT,
                "A compressed event cannot be unpacked",
                Map.of(),
                "Check the log on the server with mysqlbinlog --verify-binlog-checksum.",
                cause);
    }
}
