package io.kameleon.reader.snapshot;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.wire.AvroOutput;

/** Makes row images of a table's selected rows, in the table's column order. One thread at a time, one result after another. */
public interface RowEncoder {
    /** What to select for the column, a SQL expression; its values are what {@link #encode} expects in this place. */
    String selectExpression(ColumnDefinition column);

    /**
     * Comes before the first row of each result.
     *
     * @param types the protocol's type code of each column
     * @throws io.kameleon.schemas.error.ReplicationException TABLE_DEFINITION_MISMATCH when a column has another type than in the
     *     table's definition
     */
    void begin(int[] types);

    /**
     * Appends the row in {@code packet[from, to)}, which is as in {@link io.kameleon.reader.server.RowPackets#row}, as the Avro
     * record of the table's row image.
     *
     * @throws io.kameleon.schemas.error.ReplicationException VALUE_OUT_OF_RANGE or VALUE_MALFORMED when this row has no
     *     image; what was appended meanwhile is dropped by the caller
     */
    void encode(byte[] packet, int from, int to, AvroOutput output);
}
