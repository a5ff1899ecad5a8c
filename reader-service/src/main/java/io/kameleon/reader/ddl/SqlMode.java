package io.kameleon.reader.ddl;

/**
 * A session's {@code sql_mode}, as the status variables of a query event carry it (F26).
 *
 * @param bits MySQL's and MariaDB's flag word; both number the flags used here alike
 */
public record SqlMode(long bits) {
    /** No flag set: double quotes are strings, backslash escapes, conversions clip instead of failing. */
    public static final SqlMode NONE = new SqlMode(0);

    private static final long REAL_AS_FLOAT = 1L;
    private static final long ANSI_QUOTES = 1L << 2;
    private static final long ORACLE = 1L << 9;
    private static final long NO_AUTO_VALUE_ON_ZERO = 1L << 19;
    private static final long NO_BACKSLASH_ESCAPES = 1L << 20;
    private static final long STRICT_TRANS_TABLES = 1L << 21;
    private static final long STRICT_ALL_TABLES = 1L << 22;

    /** The default of every server since MySQL 5.7 and MariaDB 10.2.4, as far as it matters here. */
    public static final SqlMode STRICT = new SqlMode(STRICT_TRANS_TABLES);

    /** {@code "x"} is a name, not a string. */
    public boolean ansiQuotes() {
        return has(ANSI_QUOTES);
    }

    /** A backslash in a string is itself. */
    public boolean noBackslashEscapes() {
        return has(NO_BACKSLASH_ESCAPES);
    }

    /** A conversion that would lose a value fails, so that a logged one lost none. */
    public boolean strict() {
        return has(STRICT_TRANS_TABLES) || has(STRICT_ALL_TABLES);
    }

    public boolean realAsFloat() {
        return has(REAL_AS_FLOAT);
    }

    public boolean noAutoValueOnZero() {
        return has(NO_AUTO_VALUE_ON_ZERO);
    }

    /** MariaDB's Oracle mode, where some type names mean other types. */
    public boolean oracle() {
        return has(ORACLE);
    }

    public SqlMode withAnsiQuotes() {
        return new SqlMode(bits | ANSI_QUOTES);
    }

    public SqlMode withNoBackslashEscapes() {
        return new SqlMode(bits | NO_BACKSLASH_ESCAPES);
    }

    private boolean has(long flag) {
        return (bits & flag) != 0;
    }
}
