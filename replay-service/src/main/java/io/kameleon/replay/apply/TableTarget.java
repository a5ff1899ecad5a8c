package io.kameleon.replay.apply;

import static java.util.Objects.requireNonNull;

import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.RowEncoder;
import io.kameleon.replay.row.RowField;
import io.kameleon.replay.row.RowFormat;
import io.kameleon.replay.row.RowImage;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.error.ReplicationException;
import java.util.List;

/**
 * Where the rows of one table version go: source format, destination table, and all that is prepared once for both. A new one
 * is made after every change of the table's structure, on either side.
 *
 * <p>Compared by identity. Holds scratch space, so it belongs to one thread, like the writer that uses it.
 */
public final class TableTarget {
    private final RowFormat format;
    private final DestinationTable destination;
    private final ApplyMode mode;
    private final RowRecord record;
    private final RowImage image;
    private final RowImage keyImage;
    private final RowEncoder rows;
    private final RowEncoder keys;
    private final TableStatements statements;
    private final UniqueColumns uniqueColumns;
    private final ConversionCounts conversions;

    private TableTarget(RowFormat format, DestinationTable destination, ApplyMode mode, ConversionPolicy policy) {
        this.format = format;
        this.destination = destination;
        this.mode = mode;
        record = new RowRecord(format);
        image = new RowImage(format.fields());
        keyImage = new RowImage(format.keyFields());
        rows = RowEncoder.of(format.fields(), destination, policy);
        keys = RowEncoder.of(format.keyFields(), destination, policy);
        conversions = policy.counts();
        List<String> identity = format.keyFields().stream()
                .map(RowField::column)
                .map(policy.columnNames())
                .toList();
        statements = new TableStatements(destination, rows.columns(), identity);
        uniqueColumns = UniqueColumns.of(format, policy, statements.secondaryUniqueIndexes());
    }

    private TableTarget(TableTarget other, ApplyMode mode) {
        format = other.format;
        destination = other.destination;
        this.mode = mode;
        record = other.record;
        image = other.image;
        keyImage = other.keyImage;
        rows = other.rows;
        keys = other.keys;
        statements = other.statements;
        uniqueColumns = other.uniqueColumns;
        conversions = other.conversions;
    }

    /**
     * @throws ReplicationException     COLUMN_MISSING when the destination lacks a column, TYPE_UNSUPPORTED when a column's
     *                                  type cannot take the source's values
     * @throws IllegalArgumentException for IDEMPOTENT on a table without identity
     */
    public static TableTarget of(
            RowFormat format, DestinationTable destination, ApplyMode mode, ConversionPolicy policy) {
        requireNonNull(destination, "destination");
        return new TableTarget(format, destination, checked(mode, format), policy);
    }

    /** The same target in another mode: another instance, which shares what is prepared. */
    public TableTarget withMode(ApplyMode other) {
        return other == mode ? this : new TableTarget(this, checked(other, format));
    }

    private static ApplyMode checked(ApplyMode mode, RowFormat format) {
        requireNonNull(mode, "mode");
        if (mode == ApplyMode.IDEMPOTENT && !format.isKeyed()) {
            throw new IllegalArgumentException(
                    "rows of " + format.table() + " have no identity, so they cannot be applied twice");
        }
        return mode;
    }

    public RowFormat format() {
        return format;
    }

    public DestinationTable destination() {
        return destination;
    }

    public ApplyMode mode() {
        return mode;
    }

    /** Values that did not arrive as they were. */
    public ConversionCounts conversions() {
        return conversions;
    }

    RowRecord record() {
        return record;
    }

    /** Scratch for one before or after image. */
    RowImage image() {
        return image;
    }

    /** Scratch for one key record. */
    RowImage keyImage() {
        return keyImage;
    }

    RowEncoder rows() {
        return rows;
    }

    RowEncoder keys() {
        return keys;
    }

    TableStatements statements() {
        return statements;
    }

    UniqueColumns uniqueColumns() {
        return uniqueColumns;
    }

    @Override
    public String toString() {
        return format.table() + " -> " + destination + " " + mode;
    }
}
