package io.kameleon.reader.server;

/** Whether a reader can resume at a position on this server. */
public enum Availability {
    AVAILABLE,
    /** The server has removed the binlog that follows the position (F14). */
    PURGED,
    /** The position belongs to another server, or to this one before its binlog was reset (F13). */
    OTHER_HISTORY
}
