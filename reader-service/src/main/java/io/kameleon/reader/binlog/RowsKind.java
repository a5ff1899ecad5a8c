package io.kameleon.reader.binlog;

/** What a rows event does to its rows, and so which images each of them has. */
public enum RowsKind {
    /** After image only. */
    WRITE(false, true),
    /** Before and after image. */
    UPDATE(true, true),
    /** Before image only. */
    DELETE(true, false);

    private final boolean before;
    private final boolean after;

    RowsKind(boolean before, boolean after) {
        this.before = before;
        this.after = after;
    }

    public boolean hasBefore() {
        return before;
    }

    public boolean hasAfter() {
        return after;
    }
}
