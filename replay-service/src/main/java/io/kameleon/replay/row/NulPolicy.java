package io.kameleon.replay.row;

/** What becomes of NUL characters (0x00) in text and of {@code \u0000} in JSON: PostgreSQL can hold neither (F57). */
public enum NulPolicy {
    /** Left out; counted. The default. */
    STRIP,
    /** Becomes U+FFFD; counted. */
    REPLACE,
    /** The row is refused with VALUE_MALFORMED. */
    ERROR
}
