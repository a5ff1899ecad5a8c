package io.kameleon.replay.apply;

import io.kameleon.replay.row.RowOperation;
import java.util.Arrays;

/**
 * What a batch does to one row: the net change of a key, or, in a table without identity, one event.
 *
 * <p>As a map key it stands for its key bytes: keys of one table version are equal when their bytes are.
 */
final class RowChange {
    private static final int OVERHEAD_BYTES = 160;

    private final byte[] key;
    private final int hash;
    private byte[] images;
    private RowOperation last;
    private int beforeFrom;
    private int afterFrom;
    private boolean whole;
    private boolean existedBefore;
    private boolean moved;

    RowChange(byte[] key) {
        this.key = key;
        this.hash = Arrays.hashCode(key);
    }

    /** Takes the first event. */
    void start(KeptImages kept, RowOperation operation, boolean changesUnique) {
        existedBefore = operation == RowOperation.UPDATE || operation == RowOperation.DELETE;
        moved = changesUnique;
        keep(kept, operation);
    }

    /** Takes the next event of the same key: only what it leaves counts. */
    void follow(KeptImages kept, RowOperation operation, boolean changesUnique) {
        boolean comesBack = last == RowOperation.DELETE && operation != RowOperation.DELETE;
        moved |= changesUnique || comesBack;
        keep(kept, operation);
    }

    private void keep(KeptImages kept, RowOperation operation) {
        images = kept.bytes();
        last = operation;
        beforeFrom = kept.beforeFrom();
        afterFrom = kept.afterFrom();
        whole = kept.whole();
    }

    /** It has no event yet. */
    boolean isNew() {
        return images == null;
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

    /** Where the images lie. */
    byte[] images() {
        return images;
    }

    /** The last record's value. @throws IllegalStateException when only its images were kept */
    byte[] value() {
        if (!whole) {
            throw new IllegalStateException("a record was not kept whole: its row was gathered for a fast flush");
        }
        return images;
    }

    RowOperation last() {
        return last;
    }

    /** Where the last before image starts in {@link #images}, or {@link KeptImages#ABSENT}. */
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
        return OVERHEAD_BYTES + (key == null ? 0 : key.length) + (long) images.length;
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
