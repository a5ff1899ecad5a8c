package io.kameleon.reader.binlog;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Follows the place in the log, event by event, in 64 bits.
 *
 * <p>The header has only 32 bits, which wrap in a file over 4 GiB (F9), and MariaDB writes 0 inside a transaction (F10): there the
 * event's length moves the place on. One thread only.
 */
public final class BinlogCursor {
    private static final long WRAP = 1L << 32;
    private static final int HEARTBEAT_V1 = 27;

    private String file;
    private long position;

    public BinlogCursor(BinlogCoordinates start) {
        file = start.file();
        position = start.position();
    }

    /** The place after the last event given to {@link #advance}. */
    public BinlogCoordinates coordinates() {
        return new BinlogCoordinates(file, position);
    }

    /** File and position apart, without an object: for the source block of a row. */
    public String file() {
        return file;
    }

    public long position() {
        return position;
    }

    public void advance(BinlogEvent event) {
        switch (event.type()) {
            case ROTATE -> rotate(event.body());
            case HEARTBEAT -> heartbeat(event);
            case FORMAT_DESCRIPTION, MARIADB_GTID_LIST -> {
                if (event.nextPosition() > position) { // 0 or an earlier place when sent out of turn
                    position = event.nextPosition();
                }
            }
            default -> move(event);
        }
    }

    /**
     * Body: the file's name. Says that everything before the place in its header has been sent, also what the server passed
     * over because the reader has it already; so an idle source's place is its end (F15).
     */
    private void heartbeat(BinlogEvent event) {
        boolean sameFile = event.typeCode() == HEARTBEAT_V1
                && file.equals(new String(event.body(), StandardCharsets.UTF_8));
        if (sameFile && event.nextPosition() > position) {
            position = event.nextPosition();
        }
    }

    private void move(BinlogEvent event) {
        if (event.nextPosition() == 0) {
            position += event.length();
            return;
        }
        long next = (position & ~(WRAP - 1)) | event.nextPosition();
        position = next < position ? next + WRAP : next;
    }

    /** Body: 8 bytes position, then the file's name. */
    private void rotate(byte[] body) {
        if (body.length <= Long.BYTES) {
            throw new ReplicationException(
                    ErrorCode.BINLOG_CORRUPT,
                    "A rotate event has " + body.length + " bytes",
                    Map.of("at", coordinates()),
                    "Check the log on the server with mysqlbinlog --verify-binlog-checksum.");
        }
        long start = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            start = start << 8 | body[i] & 0xFF;
        }
        file = new String(body, Long.BYTES, body.length - Long.BYTES, StandardCharsets.UTF_8);
        position = Math.max(start, BinlogCoordinates.FIRST_EVENT_POSITION);
    }
}
