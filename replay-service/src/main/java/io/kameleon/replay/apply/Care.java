package io.kameleon.replay.apply;

/** How much is taken for granted. */
public enum Care {
    /** Inserts find no row: a unique violation fails the statement. Of a record only what is written is kept. */
    FAST,
    /** Inserts may find a row with their key and replace it, which is counted as a conflict. Records are kept whole, to be shown. */
    CAREFUL;

    public static Care of(boolean careful) {
        return careful ? CAREFUL : FAST;
    }
}
