package io.kameleon.reader.binlog;

import io.kameleon.schemas.wire.AbsentColumns;
import io.kameleon.schemas.wire.AvroOutput;
import java.util.Arrays;
import java.util.BitSet;

/**
 * One row of a rows event: its images and keys as Avro binary, in the schemas of {@code RowSchemas}. Mutable and reused from
 * row to row: valid until the sink returns. One thread only.
 *
 * <p>{@link #before()} and {@link #after()} hold the {@code row} record without a union branch; an image that the event's kind
 * does not have is empty (size 0). The keys hold the {@code Key} record; they are empty without an identity.
 */
public final class RowImage {
    private static final int INITIAL_BYTES = 1024;
    private static final int RETAINED_BYTES_MAX = 1 << 20;

    private RowsKind kind = RowsKind.WRITE;
    private Side before = new Side();
    private Side after = new Side();
    private boolean keyChanged;
    private boolean partial;

    public RowsKind kind() {
        return kind;
    }

    public AvroOutput before() {
        return before.row;
    }

    public AvroOutput after() {
        return after.row;
    }

    public AvroOutput beforeKey() {
        return before.key;
    }

    public AvroOutput afterKey() {
        return after.key;
    }

    /** True for an UPDATE whose identity columns differ in their encoding, so also where the source's collation sees them equal. */
    public boolean keyChanged() {
        return keyChanged;
    }

    /** Zero, partial and impossible dates of {@link #after()}, which have no value of their own (F53). */
    public int zeroDates() {
        return after.zeroDates;
    }

    /** Where column {@code index} starts in {@link #before()}; for {@code index} = number of columns, where the last one ends. */
    public int beforeStart(int index) {
        return before.starts[index];
    }

    /** As {@link #beforeStart}, in {@link #after()}. */
    public int afterStart(int index) {
        return after.starts[index];
    }

    /** Columns that the log does not have of this row; null for a whole row. A copy. */
    public AbsentColumns absent() {
        return partial && !(before.absent.isEmpty() && after.absent.isEmpty())
                ? new AbsentColumns((BitSet) before.absent.clone(), (BitSet) after.absent.clone())
                : null;
    }

    void open(RowsKind newKind, int columns) {
        kind = newKind;
        keyChanged = false;
        partial = false;
        before = before.ready(columns);
        after = after.ready(columns);
    }

    void close() {
        keyChanged = kind == RowsKind.UPDATE && !sameBytes(before.key, after.key);
    }

    /** Columns may be missing: {@link Side#absent} counts. */
    void markPartial() {
        partial = true;
        before.absent.clear();
        after.absent.clear();
    }

    Side beforeSide() {
        return before;
    }

    Side afterSide() {
        return after;
    }

    private static boolean sameBytes(AvroOutput a, AvroOutput b) {
        return Arrays.equals(a.buffer(), 0, a.size(), b.buffer(), 0, b.size());
    }

    /** One image with its key and the places of its columns. */
    static final class Side {
        final AvroOutput row = new AvroOutput(INITIAL_BYTES);
        final AvroOutput key = new AvroOutput(64);
        int[] starts = new int[32];
        int zeroDates;
        /** Of meaning in a partial row only. */
        final BitSet absent = new BitSet();

        Side ready(int columns) {
            if (row.buffer().length > RETAINED_BYTES_MAX) {
                return new Side().ready(columns);
            }
            row.reset();
            key.reset();
            zeroDates = 0;
            if (starts.length <= columns) {
                starts = new int[columns + 1];
            }
            return this;
        }
    }
}
