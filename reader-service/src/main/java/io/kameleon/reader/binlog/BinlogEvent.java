package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.event.EventData;

/**
 * One event as the server sent it: header fields, and the body as raw bytes without the checksum.
 *
 * @param type             the type code of the event's header
 * @param timestampSeconds seconds since the epoch; 0 in artificial events
 * @param serverId         the server that first wrote the event
 * @param length           bytes of the whole event in the log, header and checksum included
 * @param nextPosition     low 32 bits of the position after this event; 0 in artificial events and, on MariaDB, inside a
 *                         transaction (F10)
 * @param body             never changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two threads, never compared
public record BinlogEvent(
        BinlogEventType type,
        int typeCode,
        long timestampSeconds,
        long serverId,
        long length,
        long nextPosition,
        byte[] body)
        implements EventData {}
