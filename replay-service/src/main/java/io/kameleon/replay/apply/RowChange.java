package io.kameleon.replay.apply;

import io.kameleon.replay.row.RowOperation;
import java.util.Arrays;

/**
 * What a batch does to one row: the net change of a key, or, in a table without identity, one event. Keeps the record's arrays as
 * they came and where the images lie in them.
 *
 * <p>As a map key it stands for its key bytes: keys of one table version are equal when their bytes are.
 */
final class RowChange {
    /** Stands for an image that is not there. */
    static final int ABSENT = -1;

    private static final int OVERHEAD_BYTES = 160;

    private final byte[] key;
    private final int hash;
    private byte[] value;
    private RowOperation last;
    private int beforeFrom;
    private int afterFrom;
    private boolean existedBefore;
    private boolean moved;

    RowChange(byte[] key) {
        this.key = key;
        this.hash = Arrays.hashCode(key);
    }

    /** Takes the first event. */
    void start(byte[] newValue, RowOperation operation, int newBeforeFrom, int newAfterFrom, boolean changesUnique) {
        existedBefore = operation == RowOperation.UPDATE || operation == RowOperation.DELETE;
        moved = changesUnique;
        keep(newValue, operation, newBeforeFrom, newAfterFrom);
    }

    /** Takes the next event of the same key: only what it leaves counts. */
    void follow(byte[] newValue, RowOperation operation, int newBeforeFrom, int newAfterFrom, boolean changesUnique) {
        boolean comesBack = last == RowOperation.DELETE && operation != RowOperation.DELETE;
        moved |= changesUnique || comesBack;
        keep(newValue, operation, newBeforeFrom, newAfterFrom);
    }

    private void keep(byte[] newValue, RowOperation operation, int newBeforeFrom, int newAfterFrom) {
        value = newValue;
        last = operation;
        beforeFrom = newBeforeFrom;
        afterFrom = newAfterFrom;
    }

    /** What is to be done, all events of the key taken together. */
    Net net() {
        boolean exists = last != RowOperation.DELETE;
        if (existedBefore) {
            return exists ? Net.UPDATE : Net.DELETE;
        }
        return exists ? Net.INSERT : Net.NOTHING;
    }

    enum Net {
        INSERT,
        UPDATE,
        DELETE,
        /** Inserted and deleted again. */
        NOTHING
    }

    byte[] key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    RowOperation last() {
        return last;
    }

    /** Where the last before image starts in {@link #value()}, or {@link #ABSENT}. */
    int beforeFrom() {
        return beforeFrom;
    }

    int afterFrom() {
        return afterFrom;
    }

    /** Its values in secondary unique indexes may differ from those before the batch. */
    boolean moved() {
        return moved;
    }

    /** Bytes of memory, about. */
    long bytes() {
        return OVERHEAD_BYTES + (key == null ? 0 : key.length) + (long) value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowChange change && hash == change.hash && Arrays.equals(key, change.key);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
