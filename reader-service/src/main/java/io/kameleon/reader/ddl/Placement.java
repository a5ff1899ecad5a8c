package io.kameleon.reader.ddl;

/**
 * Where a column goes.
 *
 * @param column AFTER: the column before it; otherwise empty
 */
record Placement(Where where, String column) {
    static final Placement UNSAID = new Placement(Where.UNSAID, "");
    static final Placement FIRST = new Placement(Where.FIRST, "");

    enum Where {
        /** A new column goes last, a changed one stays. */
        UNSAID,
        FIRST,
        AFTER
    }

    static Placement parse(TokenCursor cursor) {
        if (cursor.accept("FIRST")) {
            return FIRST;
        }
        return cursor.accept("AFTER") ? new Placement(Where.AFTER, cursor.name()) : UNSAID;
    }
}
