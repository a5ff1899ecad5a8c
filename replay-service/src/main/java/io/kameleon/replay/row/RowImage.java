package io.kameleon.replay.row;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.AvroInput;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Where the values of one row or key record lie in a byte array: nothing is copied, and the instance is reused for the next
 * row. Valid while the array is. One thread only.
 */
public final class RowImage {
    private static final int NULL = -1;

    private final RowField.Width[] widths;
    private final boolean[] nullable;
    private final int[] starts;
    private final int[] ends;
    private byte[] buffer = new byte[0];
    private int from;
    private int to;
    private boolean present;
    private BitSet lacking;

    public RowImage(List<RowField> fields) {
        widths = fields.stream().map(RowField::width).toArray(RowField.Width[]::new);
        nullable = new boolean[fields.size()];
        for (int i = 0; i < nullable.length; i++) {
            nullable[i] = fields.get(i).nullable();
        }
        starts = new int[fields.size()];
        ends = new int[fields.size()];
    }

    /**
     * Finds the values of the record at the input's position and leaves the input behind it.
     *
     * @throws ReplicationException RECORD_MALFORMED when the bytes end early or a union has no such branch
     */
    public RowImage read(AvroInput in) {
        buffer = in.buffer();
        from = in.position();
        for (int i = 0; i < widths.length; i++) {
            if (nullable[i] && isNullBranch(in)) {
                starts[i] = NULL;
                ends[i] = in.position();
            } else {
                starts[i] = in.position();
                skip(in, widths[i]);
                ends[i] = in.position();
            }
        }
        to = in.position();
        present = true;
        lacking = null;
        return this;
    }

    /** Says which fields have no value, whatever stands there: until the next {@link #read}. */
    public void lack(BitSet fields) {
        lacking = fields;
        fields.stream().forEach(field -> starts[field] = NULL);
    }

    /** Whether the row has a value there, which may be null, that is not known. */
    public boolean lacks(int field) {
        return lacking != null && lacking.get(field);
    }

    void absent() {
        present = false;
    }

    public boolean isPresent() {
        return present;
    }

    public byte[] buffer() {
        return buffer;
    }

    /** Where the record starts in {@link #buffer()}. */
    public int from() {
        return from;
    }

    /** Where the record ends, exclusive. */
    public int to() {
        return to;
    }

    public boolean isNull(int field) {
        return starts[field] == NULL;
    }

    /** Makes {@code in} read this field's value, behind the union's branch. Not for null. */
    public AvroInput value(int field, AvroInput in) {
        return in.wrap(buffer, starts[field], ends[field]);
    }

    /** Whether a field holds the same bytes here and in another image of the same format. */
    public boolean sameValue(int field, RowImage other) {
        if (isNull(field) || other.isNull(field)) {
            return isNull(field) && other.isNull(field);
        }
        return Arrays.equals(buffer, starts[field], ends[field], other.buffer, other.starts[field], other.ends[field]);
    }

    static boolean isNullBranch(AvroInput in) {
        long branch = in.readLong();
        if (branch != 0 && branch != 1) {
            throw new ReplicationException(
                    ErrorCode.RECORD_MALFORMED,
                    "A record names branch " + branch + " of a union of two",
                    Map.of(),
                    "Check what else writes to the topic.");
        }
        return branch == 0;
    }

    private static void skip(AvroInput in, RowField.Width width) {
        switch (width) {
            case VARINT -> in.readLong();
            case ONE -> in.skip(1);
            case FOUR -> in.skip(4);
            case EIGHT -> in.skip(8);
            case PREFIXED -> in.skip(in.readLength());
            case GEOMETRY -> {
                in.skip(in.readLength());
                if (!isNullBranch(in)) {
                    in.readLong();
                }
            }
            case FLOATS -> in.skipFloats();
        }
    }
}
