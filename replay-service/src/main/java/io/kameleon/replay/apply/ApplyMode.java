package io.kameleon.replay.apply;

/** How a table's row images meet the rows that are there. */
public enum ApplyMode {
    /**
     * From the table's consistent point on: the destination is the source's state just before the batch, so every update
     * and delete finds its row and every insert finds none. What differs is counted: a row that an update or delete
     * does not find as <em>missing</em> (an update then inserts its after image), a row that an insert finds as
     * <em>conflict</em> (the insert then replaces it).
     */
    STRICT,

    /**
     * Before the table's consistent point: the destination holds a copy of a <em>later</em> state of the source, so rows
     * may be there already, may be newer, or may be gone. For every key that the batch touches, the rows with that key, and
     * the rows with the same values of any unique index as a surviving after image, are deleted; then the
     * surviving images are inserted.
     *
     * <p>Why that converges: let P be the consistent point. A key touched by an event before P has, after the last such
     * event, the state that this event left, which is the source's state at P: the same as in the copy. A row that was
     * deleted here only because it shares a unique value with an older image cannot have had that value at the time of the
     * older image, so it got it by a later event before P, which carries its whole image and inserts it again. Keys that
     * no event touches and no unique value touches keep their copied state, which is the state at P.
     *
     * <p>For tables with an identity only: identical rows of a table without one cannot be told apart, so such a
     * table has to be copied at an exact position and applies STRICT from there on.
     */
    IDEMPOTENT
}
