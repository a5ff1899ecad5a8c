package io.kameleon.replay.apply;

/** How much a plan takes for granted. */
enum Care {
    /** Inserts find no row: a unique violation fails the statement. */
    FAST,
    /** Inserts may find a row with their key and replace it, which is counted as a conflict. */
    CAREFUL
}
