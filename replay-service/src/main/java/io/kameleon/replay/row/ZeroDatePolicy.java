package io.kameleon.replay.row;

/** What becomes of zero, partial and impossible dates, which PostgreSQL cannot hold (F53). Whatever it is, it is counted. */
public enum ZeroDatePolicy {
    /** Null; in a column that is NOT NULL on the source {@code -infinity}. The default. */
    NULL,
    /** {@code -infinity}. In a text column {@code 0000-00-00}, also with NULL and NOT NULL. */
    INFINITY,
    /** The row is refused with VALUE_MALFORMED. */
    ERROR
}
