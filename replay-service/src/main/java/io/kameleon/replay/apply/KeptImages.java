package io.kameleon.replay.apply;

import io.kameleon.replay.row.RowImage;
import io.kameleon.replay.row.RowRecord;
import java.util.Arrays;

/**
 * What is kept of a record until it is applied, and where its images lie in that.
 *
 * @param bytes      the record's value, or the part of it that is needed
 * @param beforeFrom where the before image starts in {@code bytes}, or {@link #ABSENT}
 * @param afterFrom  likewise the after image
 * @param whole      {@code bytes} is the record's value
 */
@SuppressWarnings("ArrayRecordComponent")
record KeptImages(byte[] bytes, int beforeFrom, int afterFrom, boolean whole) {
    /** Stands for an image that is not there, or not needed. */
    static final int ABSENT = -1;

    private static final byte[] NOTHING = {};

    /** The array as it is. */
    static KeptImages whole(byte[] value, RowRecord record) {
        return new KeptImages(value, from(record.before()), from(record.after()), true);
    }

    /**
     * A copy of the images that are applied, where that is much less than the record; half of a small one says where it comes from. With a
     * key that is the after image alone: a delete needs none.
     */
    static KeptImages needed(byte[] value, RowRecord record, boolean keyed) {
        RowImage before = record.before();
        RowImage after = record.after();
        int beforeFrom = keyed ? ABSENT : from(before);
        int afterFrom = from(after);
        if (beforeFrom == ABSENT && afterFrom == ABSENT) {
            return new KeptImages(NOTHING, ABSENT, ABSENT, false);
        }
        int start = beforeFrom == ABSENT ? afterFrom : beforeFrom; // before comes before after
        int end = afterFrom == ABSENT ? before.to() : after.to();
        if (end - start > value.length - value.length / 4) {
            return new KeptImages(value, beforeFrom, afterFrom, false);
        }
        return new KeptImages(
                Arrays.copyOfRange(value, start, end), moved(beforeFrom, start), moved(afterFrom, start), false);
    }

    private static int moved(int from, int start) {
        return from == ABSENT ? ABSENT : from - start;
    }

    private static int from(RowImage image) {
        return image.isPresent() ? image.from() : ABSENT;
    }
}
