package io.kameleon.reader.ddl;

import java.util.Locale;
import java.util.Set;

/** Reads table options, one at a time; stateless. */
final class OptionParser {
    private static final Set<String> WITH_VALUE = Set.of(
            "ENGINE",
            "TYPE",
            "AUTO_INCREMENT",
            "AVG_ROW_LENGTH",
            "AUTOEXTEND_SIZE",
            "CHECKSUM",
            "TABLE_CHECKSUM",
            "PAGE_CHECKSUM",
            "COMPRESSION",
            "CONNECTION",
            "DELAY_KEY_WRITE",
            "ENCRYPTION",
            "ENGINE_ATTRIBUTE",
            "SECONDARY_ENGINE_ATTRIBUTE",
            "SECONDARY_ENGINE",
            "INSERT_METHOD",
            "KEY_BLOCK_SIZE",
            "MAX_ROWS",
            "MIN_ROWS",
            "PACK_KEYS",
            "PASSWORD",
            "ROW_FORMAT",
            "STATS_AUTO_RECALC",
            "STATS_PERSISTENT",
            "STATS_SAMPLE_PAGES",
            "TABLESPACE",
            "TRANSACTIONAL",
            "SEQUENCE",
            "IETF_QUOTES",
            "NODEGROUP");

    private OptionParser() {}

    /** Reads the next option into {@code options}; null when what comes is no table option. */
    static TableOptions parseOrNull(TokenCursor cursor, TableOptions options) {
        if (isTextDefault(cursor)) {
            return textDefault(cursor, options);
        }
        if (cursor.at("COMMENT")) {
            cursor.next();
            cursor.acceptSymbol('=');
            return new TableOptions(options.charset(), options.collation(), cursor.string(), options.engine());
        }
        if (cursor.accept("DATA", "DIRECTORY") || cursor.accept("INDEX", "DIRECTORY")) {
            value(cursor);
            return options;
        }
        if (cursor.accept("UNION")) {
            cursor.acceptSymbol('=');
            cursor.brackets();
            return options;
        }
        if (cursor.accept("STORAGE")) {
            cursor.name();
            return options;
        }
        return plainOption(cursor, options);
    }

    private static TableOptions plainOption(TokenCursor cursor, TableOptions options) {
        Token name = cursor.peek();
        boolean known = name.kind() == Token.Kind.WORD
                && WITH_VALUE.contains(name.text().toUpperCase(Locale.ROOT));
        if (!known && !(name.isName() && cursor.peek(1).isSymbol('='))) {
            return null;
        }
        cursor.next();
        Token value = value(cursor);
        if (!name.isWord("ENGINE")) {
            return options;
        }
        String engine = value.text().toUpperCase(Locale.ROOT);
        return new TableOptions(options.charset(), options.collation(), options.comment(), engine);
    }

    private static boolean isTextDefault(TokenCursor cursor) {
        int first = cursor.at("DEFAULT") ? 1 : 0;
        Token word = cursor.peek(first);
        return word.isWord("CHARSET")
                || word.isWord("COLLATE")
                || word.isWord("CHARACTER") && cursor.peek(first + 1).isWord("SET")
                || word.isWord("CHAR") && cursor.peek(first + 1).isWord("SET");
    }

    private static TableOptions textDefault(TokenCursor cursor, TableOptions options) {
        cursor.accept("DEFAULT");
        if (cursor.accept("COLLATE")) {
            String collation = value(cursor).text();
            return new TableOptions(options.charset(), collation, options.comment(), options.engine());
        }
        if (!cursor.accept("CHARSET")) {
            cursor.next();
            cursor.expect("SET");
        }
        String charset = value(cursor).text();
        return new TableOptions(charset, options.collation(), options.comment(), options.engine());
    }

    private static Token value(TokenCursor cursor) {
        cursor.acceptSymbol('=');
        if (!cursor.acceptSymbol('-')) {
            cursor.acceptSymbol('+');
        }
        Token value = cursor.peek();
        switch (value.kind()) {
            case WORD, QUOTED, STRING, NUMBER, HEX, BITS -> {
                return cursor.next();
            }
            case SYMBOL, BROKEN, END -> throw StatementNotUnderstood.at(value);
        }
        throw StatementNotUnderstood.at(value);
    }
}
