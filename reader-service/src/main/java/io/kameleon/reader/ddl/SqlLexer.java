package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.Token.Kind;

/**
 * Cuts a statement into words, as the server's own lexer does: comments left out, the text of executable comments taken as
 * part of the statement when this server executes it.
 *
 * <p>Reads each character once and never fails: what has no end becomes a {@link Kind#BROKEN} token. One thread only.
 */
final class SqlLexer {
    private static final int COMMENT_VERSION_DIGITS = 5;

    private final String sql;
    private final SqlMode mode;
    private final ServerDialect dialect;
    private int at;
    private int openExecutableComments;
    private boolean afterDot;

    SqlLexer(String sql, SqlMode mode, ServerDialect dialect) {
        this.sql = sql;
        this.mode = mode;
        this.dialect = dialect;
    }

    Token next() {
        skipBlanksAndComments();
        if (at >= sql.length()) {
            return new Token(Kind.END, at, at, "");
        }
        Token token = read();
        afterDot = token.isSymbol('.');
        return token;
    }

    String source(int start, int end) {
        return sql.substring(start, end);
    }

    private Token read() {
        char c = sql.charAt(at);
        if (c == '`') {
            return quoted(at, Kind.QUOTED, false);
        }
        if (c == '"') {
            return mode.ansiQuotes() ? quoted(at, Kind.QUOTED, false) : quoted(at, Kind.STRING, true);
        }
        if (c == '\'') {
            return quoted(at, Kind.STRING, true);
        }
        if (isDigit(c) && !afterDot) {
            return number();
        }
        if (c == '.' && isDigit(peek(1)) && !afterName()) {
            return number();
        }
        if (isWordCharacter(c)) {
            return prefixedLiteral(c) ? literalBehindPrefix(c) : word();
        }
        return new Token(Kind.SYMBOL, at, ++at, String.valueOf(c));
    }

    // ---- blanks and comments ----

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c) || c == 0) {
                at++;
            } else if (c == '#' || c == '-' && peek(1) == '-' && endsDashes(peek(2))) {
                skipLine();
            } else if (c == '/' && peek(1) == '*') {
                openComment();
            } else if (c == '*' && peek(1) == '/' && openExecutableComments > 0) {
                openExecutableComments--;
                at += 2;
            } else {
                return;
            }
        }
    }

    private static boolean endsDashes(char c) {
        return c <= ' ';
    }

    private void skipLine() {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
    }

    private void openComment() {
        int mark = at + 2;
        boolean mariaDbOnly = charAt(mark) == 'M' && charAt(mark + 1) == '!';
        if (mariaDbOnly && dialect.isMariaDb()) {
            openExecutable(mark + 2);
        } else if (charAt(mark) == '!') {
            openExecutable(mark + 1);
        } else {
            int end = sql.indexOf("*/", mark);
            at = end < 0 ? sql.length() : end + 2;
        }
    }

    private void openExecutable(int start) {
        int digits = start;
        while (digits <= start + COMMENT_VERSION_DIGITS && isDigit(charAt(digits))) {
            digits++;
        }
        boolean versioned = digits - start >= COMMENT_VERSION_DIGITS;
        int version = versioned ? Integer.parseInt(sql.substring(start, digits)) : 0;
        at = versioned ? digits : start;
        if (!versioned || dialect.executesComment(version)) {
            openExecutableComments++;
        } else {
            skipNestedComments();
        }
    }

    private void skipNestedComments() {
        int depth = 1;
        while (at < sql.length() && depth > 0) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        }
    }

    // ---- literals and names ----

    private Token quoted(int start, Kind kind, boolean escapes) {
        char quote = sql.charAt(at);
        boolean backslashes = escapes && !mode.noBackslashEscapes();
        var text = new StringBuilder();
        int i = at + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == quote && charAt(i + 1) == quote) {
                text.append(quote);
                i += 2;
            } else if (c == quote) {
                at = i + 1;
                return new Token(kind, start, at, text.toString());
            } else if (c == '\\' && backslashes && i + 1 < sql.length()) {
                unescape(sql.charAt(i + 1), text);
                i += 2;
            } else {
                text.append(c);
                i++;
            }
        }
        at = sql.length();
        return new Token(Kind.BROKEN, start, at, "");
    }

    private static void unescape(char c, StringBuilder text) {
        switch (c) {
            case '0' -> text.append('\0');
            case 'b' -> text.append('\b');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'Z' -> text.append('\u001a');
            case '%', '_' -> text.append('\\').append(c); // for LIKE: the backslash stays
            default -> text.append(c);
        }
    }

    private boolean prefixedLiteral(char c) {
        char prefix = Character.toLowerCase(c);
        return peek(1) == '\'' && (prefix == 'x' || prefix == 'b' || prefix == 'n');
    }

    private Token literalBehindPrefix(char c) {
        int start = at++;
        return switch (c) {
            case 'x', 'X' -> quoted(start, Kind.HEX, false);
            case 'b', 'B' -> quoted(start, Kind.BITS, false);
            default -> quoted(start, Kind.STRING, true);
        };
    }

    private Token word() {
        int start = at;
        while (at < sql.length() && isWordCharacter(sql.charAt(at))) {
            at++;
        }
        return new Token(Kind.WORD, start, at, sql.substring(start, at));
    }

    /** A number, or a name that begins with a digit. */
    private Token number() {
        int start = at;
        while (isDigit(charAt(at))) {
            at++;
        }
        boolean fraction = charAt(at) == '.' && (at > start || isDigit(peek(1)));
        if (fraction) {
            at++;
            while (isDigit(charAt(at))) {
                at++;
            }
        }
        boolean exponent = readExponent();
        if (!fraction && !exponent && at < sql.length() && isWordCharacter(sql.charAt(at))) {
            return numberLikeWord(start);
        }
        return new Token(Kind.NUMBER, start, at, sql.substring(start, at));
    }

    private boolean readExponent() {
        if (Character.toLowerCase(charAt(at)) != 'e') {
            return false;
        }
        int digits = at + 1;
        if (charAt(digits) == '+' || charAt(digits) == '-') {
            digits++;
        }
        int end = digits;
        while (isDigit(charAt(end))) {
            end++;
        }
        if (end == digits || end < sql.length() && isWordCharacter(sql.charAt(end))) {
            return false;
        }
        at = end;
        return true;
    }

    /** {@code 0x4142} and {@code 0b101}, else a name as {@code 2nd}. */
    private Token numberLikeWord(int start) {
        at = start;
        Token word = word();
        String text = word.text();
        if (text.length() > 2 && text.startsWith("0x") && text.substring(2).matches("[0-9a-fA-F]+")) {
            return new Token(Kind.HEX, start, at, text.substring(2));
        }
        if (text.length() > 2 && text.startsWith("0b") && text.substring(2).matches("[01]+")) {
            return new Token(Kind.BITS, start, at, text.substring(2));
        }
        return word;
    }

    // ---- characters ----

    /** The dot of {@code db.1table} joins names: a fraction never follows a name without a blank. */
    private boolean afterName() {
        if (at == 0) {
            return false;
        }
        char before = sql.charAt(at - 1);
        return before == '`' || before == '"' || isWordCharacter(before);
    }

    private char peek(int ahead) {
        return charAt(at + ahead);
    }

    /** NUL behind the end: no statement's meaning depends on one. */
    private char charAt(int index) {
        return index < sql.length() ? sql.charAt(index) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }
}
