package io.kameleon.reader.ddl;

/**
 * One word of a statement.
 *
 * @param start offset of the first character in the statement, quote included
 * @param end   offset behind the last one
 * @param text  WORD, NUMBER, SYMBOL: as written; QUOTED, STRING: without quotes, unescaped; HEX, BITS: the digits
 */
record Token(Kind kind, int start, int end, String text) {
    enum Kind {
        /** A keyword or an unquoted name. */
        WORD,
        /** A name in backticks, or in double quotes under ANSI_QUOTES: never a keyword. */
        QUOTED,
        STRING,
        NUMBER,
        HEX,
        BITS,
        /** One character that is none of the others. */
        SYMBOL,
        /** A string or a quoted name without its end. */
        BROKEN,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }
}
