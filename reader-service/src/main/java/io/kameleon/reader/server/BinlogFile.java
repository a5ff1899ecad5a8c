package io.kameleon.reader.server;

/**
 * A binlog file that the server still has.
 *
 * @param name      as in binlog coordinates
 * @param sizeBytes of the last file: what has been written so far
 */
public record BinlogFile(String name, long sizeBytes) {}
