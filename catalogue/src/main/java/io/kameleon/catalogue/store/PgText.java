package io.kameleon.catalogue.store;

/** Text that PostgreSQL's {@code text} type can hold. */
final class PgText {
    private static final char REPLACEMENT = '\uFFFD';

    private PgText() {}

    /** Puts U+FFFD in the place of every NUL, which a statement of the source may hold and {@code text} refuses. */
    static String clean(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', REPLACEMENT);
    }
}
