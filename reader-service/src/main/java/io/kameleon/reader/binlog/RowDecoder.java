package io.kameleon.reader.binlog;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.wire.AvroOutput;
import java.util.List;
import java.util.Map;

/**
 * Decodes the row images of one table version, laid out by one TABLE_MAP, into the {@code row} and {@code key} records of
 * {@code RowSchemas}. Immutable and thread-safe.
 *
 * <p>A decoder holds for every TABLE_MAP of the same bytes ({@link TableMap#isSame}) while the table's definition is the same.
 */
public final class RowDecoder {
    private static final String COPY_AGAIN =
            "Let no session of the source set binlog_row_image to anything but FULL, then copy"
                    + " the table again with 'kameleon sync_tables', if it is not done by itself.";
    private static final String COPY_AGAIN_GENERATED =
            "The table is copied again, if need be by 'kameleon sync_tables'."
                    + " MariaDB 11.8 does not log generated columns in updates: leave a table that changes all the time out with"
                    + " skip_tables. Elsewhere let no session set binlog_row_image to anything but FULL.";

    private static final int NULL_BRANCH = 0;
    /** Index 1 of the union of null and the value, as a zigzag varint. */
    private static final int VALUE_BRANCH = 2;

    private final TableDefinition table;
    private final ColumnDecoder[] decoders;
    private final boolean[] optional;
    private final int[] identity;
    private final ZeroDateForm zeroDates;

    private RowDecoder(
            TableDefinition table,
            ColumnDecoder[] decoders,
            boolean[] optional,
            int[] identity,
            ZeroDateForm zeroDates) {
        this.table = table;
        this.decoders = decoders;
        this.optional = optional;
        this.identity = identity;
        this.zeroDates = zeroDates;
    }

    /**
     * @throws ReplicationException TABLE_DEFINITION_MISMATCH, naming the column and both types, when the event was not written
     *     for this definition (F29); TYPE_UNSUPPORTED for a type or character set that is not replicated
     */
    public static RowDecoder of(TableDefinition table, TableMap map, ZeroDateForm zeroDates) {
        List<ColumnDefinition> columns = table.columns();
        if (columns.size() != map.columnCount()) {
            throw new ReplicationException(
                    ErrorCode.TABLE_DEFINITION_MISMATCH,
                    "The binlog has " + map.columnCount() + " columns, the definition " + columns.size(),
                    Map.of("table", table.id()),
                    "A schema change was made outside the binlog (sql_log_bin=0, or on a replica only)."
                            + " Copy the table again with 'kameleon init_replica'.");
        }
        var decoders = new ColumnDecoder[columns.size()];
        var optional = new boolean[columns.size()];
        for (int i = 0; i < decoders.length; i++) {
            ColumnDefinition column = columns.get(i);
            decoders[i] = ColumnDecoders.of(new ColumnPlace(table.id(), column.name()), column, map, i);
            optional[i] = column.nullable() || ColumnShape.of(column).alwaysNullable();
        }
        return new RowDecoder(table, decoders, optional, identityIndexes(table), zeroDates);
    }

    private static int[] identityIndexes(TableDefinition table) {
        List<String> names =
                table.columns().stream().map(ColumnDefinition::name).toList();
        return table.identity().stream()
                .mapToInt(key -> {
                    for (int i = 0; i < names.size(); i++) {
                        if (names.get(i).equalsIgnoreCase(key)) {
                            return i;
                        }
                    }
                    throw new IllegalArgumentException("no column " + key + " in " + table.id());
                })
                .toArray();
    }

    public TableDefinition table() {
        return table;
    }

    public int columnCount() {
        return decoders.length;
    }

    /** False for a table without identity: its rows have no key. */
    public boolean hasKey() {
        return identity.length > 0;
    }

    /** Whether the bitmap has every column. */
    boolean areAllPresent(byte[] buffer, int bitmap) {
        for (int i = 0; i < decoders.length; i++) {
            if ((buffer[bitmap + (i >>> 3)] >> (i & 7) & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** ROW_IMAGE_INCOMPLETE (F4). */
    ReplicationException lacks(int index) {
        ColumnDefinition column = table.columns().get(index);
        return new ReplicationException(
                ErrorCode.ROW_IMAGE_INCOMPLETE,
                "A row image lacks " + (column.generated() ? "the generated column '" : "column '") + column.name()
                        + "', without which the row cannot be placed",
                Map.of("table", table.id()),
                column.generated() ? COPY_AGAIN_GENERATED : COPY_AGAIN);
    }

    /** Decodes one image with all columns present. When it throws, what was written so far is of no use. */
    void decode(BinlogInput in, RowImage.Side side, ValueScratch scratch) {
        AvroOutput out = side.row;
        int nulls = in.skip((decoders.length + 7) >>> 3);
        byte[] buffer = in.buffer();
        int[] starts = side.starts;
        for (int i = 0; i < decoders.length; i++) {
            starts[i] = out.size();
            if ((buffer[nulls + (i >>> 3)] >> (i & 7) & 1) != 0) {
                writeNull(i, out);
            } else {
                decodeValue(i, in, side, scratch);
            }
        }
        starts[decoders.length] = out.size();
        writeKey(side);
    }

    /** Decodes one value that is not null. */
    void decodeValue(int column, BinlogInput in, RowImage.Side side, ValueScratch scratch) {
        if (!optional[column]) {
            decoders[column].decode(in, side.row, scratch);
        } else if (!decodeOptional(column, in, side.row, scratch)) {
            side.zeroDates++;
        }
    }

    /** Takes the identity's columns out of the whole image. */
    void writeKey(RowImage.Side side) {
        for (int column : identity) {
            side.key.writeRaw(side.row.buffer(), side.starts[column], side.starts[column + 1] - side.starts[column]);
        }
    }

    boolean isOptional(int column) {
        return optional[column];
    }

    int[] identity() {
        return identity.clone();
    }

    /** Opens the value behind a union's branch, where the column has a union. */
    void writeValueBranch(int column, AvroOutput out) {
        if (optional[column]) {
            out.writeRawByte(VALUE_BRANCH);
        }
    }

    /** @return false for a zero, partial or impossible date (F53) */
    private boolean decodeOptional(int column, BinlogInput in, AvroOutput out, ValueScratch scratch) {
        int start = out.size();
        out.writeRawByte(VALUE_BRANCH);
        if (decoders[column].decode(in, out, scratch)) {
            return true;
        }
        ColumnDefinition definition = table.columns().get(column);
        out.truncate(start + 1);
        if (!definition.nullable() || !zeroDates.write(ColumnShape.of(definition), out)) {
            out.truncate(start);
            out.writeRawByte(NULL_BRANCH);
        }
        return false;
    }

    void writeNull(int column, AvroOutput out) {
        if (!optional[column]) {
            String name = table.columns().get(column).name();
            throw new ColumnPlace(table.id(), name).mismatch("is NOT NULL in the definition, but null in a row");
        }
        out.writeRawByte(NULL_BRANCH);
    }

    /** Steps over one image. */
    void skip(BinlogInput in) {
        int nulls = in.skip((decoders.length + 7) >>> 3);
        for (int i = 0; i < decoders.length; i++) {
            if ((in.buffer()[nulls + (i >>> 3)] >> (i & 7) & 1) == 0) {
                decoders[i].skip(in);
            }
        }
    }
}
