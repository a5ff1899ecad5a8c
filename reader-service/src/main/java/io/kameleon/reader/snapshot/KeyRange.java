package io.kameleon.reader.snapshot;

/**
 * A part of a table: the rows whose key comes after one bound and not after another, in the server's own order.
 *
 * @param number from 0, in key order within the table
 * @param after  exclusive; null for no lower bound
 * @param upTo   inclusive; null for no upper bound
 */
public record KeyRange(int number, KeyBound after, KeyBound upTo) {
    /** The whole table as one range. */
    public static final KeyRange WHOLE = new KeyRange(0, null, null);

    public boolean isLast() {
        return upTo == null;
    }
}
