package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.wire.AvroOutput;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Encodes rows that a query gives into the {@code row} record of {@code RowSchemas}: byte for byte what the binlog decoder makes
 * of the same row (F60).
 *
 * <p>Holds for the binary protocol of both servers, connection character set utf8mb4, session {@code time_zone = '+00:00'} and a
 * {@code sql_mode} without PAD_CHAR_TO_FULL_LENGTH. The query must select {@link #selectList()}: some columns are selected through
 * an expression. Holds buffers: one thread only.
 */
public final class SnapshotRowEncoder implements RowEncoder {
    private static final int NULL_BRANCH = 0;
    /** Index 1 of the union of null and the value, as a zigzag varint. */
    private static final int VALUE_BRANCH = 2;

    private final List<ColumnDefinition> columns;
    private final ColumnPlace[] places;
    private final SnapshotColumn[] encoders;
    private final boolean[] optional;
    private final PacketRow row = new PacketRow();
    private final ValueScratch scratch = new ValueScratch();
    private final ZeroDateForm zeroDateForm;
    private long zeroDates;

    private SnapshotRowEncoder(TableDefinition table, ZeroDateForm zeroDateForm) {
        this.zeroDateForm = zeroDateForm;
        columns = table.columns();
        places = new ColumnPlace[columns.size()];
        encoders = new SnapshotColumn[columns.size()];
        optional = new boolean[columns.size()];
        for (int i = 0; i < encoders.length; i++) {
            ColumnDefinition column = columns.get(i);
            places[i] = new ColumnPlace(table.id(), column.name());
            optional[i] = column.nullable() || ColumnShape.of(column).alwaysNullable();
        }
    }

    public static SnapshotRowEncoder of(TableDefinition table, ZeroDateForm zeroDates) {
        return new SnapshotRowEncoder(table, zeroDates);
    }

    /** How a query has to select the column: its quoted name, or an expression of it. Needs no alias. */
    @Override
    public String selectExpression(ColumnDefinition column) {
        return SelectExpressions.of(column);
    }

    /** The expressions of all columns in the order that {@link #encode} reads them, joined by commas. */
    public String selectList() {
        return columns.stream().map(SelectExpressions::of).collect(Collectors.joining(", "));
    }

    /** Zero, partial and impossible dates so far, which have no value of their own (F53). */
    public long zeroDates() {
        return zeroDates;
    }

    @Override
    public void begin(int[] types) {
        if (types.length != encoders.length) {
            throw new IllegalArgumentException(types.length + " columns selected of " + encoders.length);
        }
        for (int i = 0; i < types.length; i++) {
            ResultTypes.check(places[i], columns.get(i), types[i]);
            encoders[i] = SnapshotColumn.of(places[i], columns.get(i), types[i]);
        }
    }

    /** @throws io.kameleon.schemas.error.ReplicationException VALUE_MALFORMED or TABLE_DEFINITION_MISMATCH; see there */
    @Override
    public void encode(byte[] packet, int from, int to, AvroOutput out) {
        row.wrap(packet, from, to, encoders.length);
        for (int i = 0; i < encoders.length; i++) {
            if (row.isNull(i)) {
                writeNull(i, out);
            } else {
                writeValue(i, out);
            }
        }
        scratch.trim();
    }

    private void writeNull(int i, AvroOutput out) {
        if (!optional[i]) {
            throw places[i].mismatch("is NOT NULL in the definition, but null in a row");
        }
        out.writeRawByte(NULL_BRANCH);
    }

    private void writeValue(int i, AvroOutput out) {
        int start = out.size();
        if (optional[i]) {
            out.writeRawByte(VALUE_BRANCH);
        }
        if (!encoders[i].encode(row, out, scratch)) {
            writeZeroDate(columns.get(i), start, out);
            zeroDates++;
        }
    }

    private void writeZeroDate(ColumnDefinition column, int start, AvroOutput out) {
        out.truncate(start + 1);
        if (!column.nullable() || !zeroDateForm.write(ColumnShape.of(column), out)) {
            out.truncate(start);
            out.writeRawByte(NULL_BRANCH);
        }
    }
}
