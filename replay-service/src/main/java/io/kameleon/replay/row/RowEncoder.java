package io.kameleon.replay.row;

import io.kameleon.replay.row.DestinationTable.Column;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.AvroInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes row or key records of one table version for one destination table, in PostgreSQL's binary format. One thread only.
 *
 * <p>Generated columns of the destination are not written; its columns that the source does not have are null in a
 * composite and left out of a tuple.
 */
public final class RowEncoder {
    /** In a slot: no field of the record belongs to this column. */
    private static final int NO_FIELD = -1;

    private final AvroInput in = new AvroInput();
    private final ZeroDatePolicy zeroDatePolicy;
    private final int[] types;
    private final int[] fields;
    private final ValueEncoder[] encoders;
    private final byte[][] nullForms;
    /** Null of the column stands for a zero date, which is refused: where that is so, else null. */
    private final Place[] refusedZeroDates;

    private final List<String> columns = new ArrayList<>();

    private RowEncoder(DestinationTable table, ConversionPolicy policy) {
        int size = table.columns().size();
        zeroDatePolicy = policy.values().zeroDates();
        types = table.columns().stream().mapToInt(Column::type).toArray();
        fields = new int[size];
        encoders = new ValueEncoder[size];
        nullForms = new byte[size][];
        refusedZeroDates = new Place[size];
    }

    /**
     * @param fields of the row record, or of the key record
     * @throws ReplicationException COLUMN_MISSING when the destination lacks a column, TYPE_UNSUPPORTED when a column's type
     *                              cannot take the source's values
     */
    public static RowEncoder of(List<RowField> fields, DestinationTable table, ConversionPolicy policy) {
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            byName.put(policy.columnNames().apply(fields.get(i).column()), i);
        }
        var encoder = new RowEncoder(table, policy);
        for (int slot = 0; slot < table.columns().size(); slot++) {
            Column column = table.columns().get(slot);
            Integer field = byName.remove(column.name());
            encoder.fields[slot] = field == null || column.generated() ? NO_FIELD : field;
            if (encoder.fields[slot] != NO_FIELD) {
                encoder.connect(slot, fields.get(field), column, table, policy);
            }
        }
        if (!byName.isEmpty()) {
            throw missing(table, byName.keySet().iterator().next());
        }
        return encoder;
    }

    private void connect(int slot, RowField field, Column column, DestinationTable table, ConversionPolicy policy) {
        var place =
                new Place(table.toString(), column.name(), column.valueType().name());
        encoders[slot] = ValueEncoders.of(field, column, place, policy);
        nullForms[slot] = ValueEncoders.nullForm(field, column);
        boolean refused = zeroDatePolicy == ZeroDatePolicy.ERROR && ValueEncoders.isZeroDate(field);
        refusedZeroDates[slot] = refused ? place : null;
        columns.add(column.name());
    }

    /** The destination's columns that get values, in the order in which {@link #tuple} writes them. */
    public List<String> columns() {
        return List.copyOf(columns);
    }

    /** Those among {@link #columns} whose value the image has. */
    public List<String> columns(RowImage image) {
        var known = new ArrayList<String>();
        int column = 0;
        for (int field : fields) {
            if (field != NO_FIELD) {
                String name = columns.get(column++);
                if (!image.lacks(field)) {
                    known.add(name);
                }
            }
        }
        return known;
    }

    /** Appends a tuple of binary COPY; after an exception the output ends in half a tuple. */
    public void tuple(RowImage image, PgBuffer out) {
        out.writeShort(columns.size());
        for (int slot = 0; slot < fields.length; slot++) {
            if (fields[slot] != NO_FIELD) {
                value(slot, image, out);
            }
        }
    }

    /** Appends an element of a binary array of the table's row type, with its length. */
    public void element(RowImage image, PgBuffer out) {
        int start = out.beginValue();
        out.writeInt(fields.length);
        for (int slot = 0; slot < fields.length; slot++) {
            out.writeInt(types[slot]);
            if (fields[slot] == NO_FIELD) {
                out.writeNull();
            } else {
                value(slot, image, out);
            }
        }
        out.endValue(start);
    }

    private void value(int slot, RowImage image, PgBuffer out) {
        int field = fields[slot];
        if (!image.isNull(field)) {
            encoders[slot].encode(image.value(field, in), out);
            return;
        }
        if (image.lacks(field)) {
            out.writeNull();
            return;
        }
        if (refusedZeroDates[slot] != null) {
            throw refusedZeroDates[slot].zeroDate();
        }
        out.writeRaw(nullForms[slot], 0, nullForms[slot].length);
    }

    private static ReplicationException missing(DestinationTable table, String column) {
        return new ReplicationException(
                ErrorCode.COLUMN_MISSING,
                "Column '" + column + "' is in the row image but not in the destination",
                Map.of("table", table.toString()),
                "Add it in PostgreSQL, then copy it again with 'kameleon init_replica'.");
    }
}
