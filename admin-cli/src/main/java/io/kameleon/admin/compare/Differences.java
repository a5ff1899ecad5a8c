package io.kameleon.admin.compare;

import java.util.List;

/**
 * The rows of a table that are not the same on both sides.
 *
 * @param listed          bounded in number
 * @param total           rows that were seen to differ, at least as many as listed
 * @param bucketsUnlisted groups of rows that differ somewhere but were too many to look into
 * @param rowsUnlisted    rows in these groups, on the side that has more; how many of them differ is not known
 */
public record Differences(List<Difference> listed, long total, int bucketsUnlisted, long rowsUnlisted) {
    static final Differences NONE = new Differences(List.of(), 0, 0, 0);

    public Differences {
        listed = List.copyOf(listed);
    }

    public boolean isEmpty() {
        return total == 0 && bucketsUnlisted == 0;
    }

    /** Whether every difference is listed. */
    public boolean isComplete() {
        return listed.size() == total && bucketsUnlisted == 0;
    }

    Differences withUnlisted(int buckets, long rows) {
        return new Differences(listed, total, buckets, rows);
    }
}
