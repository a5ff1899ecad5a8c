package io.kameleon.reader.server;

/** Takes the rows of a result as the packets in which the server sends them. Called by one thread. */
public interface RowPackets {
    /**
     * Comes once, before the first row.
     *
     * @param types one type code of the protocol for each column ({@code MYSQL_TYPE_*}), which says how its values are laid out
     */
    void columns(int[] types);

    /**
     * One row of the binary protocol, from its bitmap of nulls on: {@code packet[from, to)}. The array belongs to the caller and
     * changes after the call.
     */
    void row(byte[] packet, int from, int to);
}
