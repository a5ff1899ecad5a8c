package io.kameleon.reader.snapshot;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.wire.AvroOutput;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes row images of a table's selected rows, in the table's column order. One thread at a time. */
public interface RowEncoder {
    /** What to select for the column, a SQL expression; its values are what {@link #encode} expects in this place. */
    String selectExpression(ColumnDefinition column);

    /**
     * Appends the row on which {@code row} stands, as the Avro record of the table's row image.
     *
     * @throws io.kameleon.schemas.error.ReplicationException VALUE_OUT_OF_RANGE or VALUE_MALFORMED when this row has no
     *     image; what was appended meanwhile is dropped by the caller
     */
    void encode(ResultSet row, AvroOutput output) throws SQLException;
}
