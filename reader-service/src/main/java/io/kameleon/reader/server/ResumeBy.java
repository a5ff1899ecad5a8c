package io.kameleon.reader.server;

/** What a stream's start is given to the server as. */
public enum ResumeBy {
    GTID,
    COORDINATES
}
