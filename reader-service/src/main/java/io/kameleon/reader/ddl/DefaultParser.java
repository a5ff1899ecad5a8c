package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefault.Kind;
import java.util.Locale;
import java.util.Set;

/** Reads what stands behind DEFAULT; stateless. */
final class DefaultParser {
    private static final Set<String> NOW = Set.of("CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP");
    private static final Set<String> FUNCTIONS_WITHOUT_BRACKETS = Set.of(
            "CURRENT_DATE", "CURRENT_TIME", "CURRENT_USER", "CURRENT_ROLE", "UTC_DATE", "UTC_TIME", "UTC_TIMESTAMP");

    private DefaultParser() {}

    static ColumnDefault parse(TokenCursor cursor) {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case STRING -> new ColumnDefault(Kind.LITERAL, strings(cursor));
            case NUMBER -> new ColumnDefault(Kind.LITERAL, cursor.next().text());
            case HEX -> new ColumnDefault(Kind.HEX, cursor.next().text().toUpperCase(Locale.ROOT));
            case BITS -> new ColumnDefault(Kind.BITS, cursor.next().text());
            case SYMBOL -> token.isSymbol('(') ? bracketed(cursor) : signed(cursor);
            case WORD -> word(cursor);
            case QUOTED, BROKEN, END -> throw StatementNotUnderstood.at(token);
        };
    }

    /** {@code ON UPDATE} takes the same. */
    static boolean acceptNow(TokenCursor cursor) {
        if (!isNow(cursor.peek())) {
            return false;
        }
        cursor.next();
        if (cursor.acceptSymbol('(') && !cursor.acceptSymbol(')')) {
            cursor.integer();
            cursor.expectSymbol(')');
        }
        return true;
    }

    private static boolean isNow(Token token) {
        return token.kind() == Token.Kind.WORD && NOW.contains(token.text().toUpperCase(Locale.ROOT));
    }

    /** Strings side by side are one string. */
    private static String strings(TokenCursor cursor) {
        String first = cursor.string();
        if (cursor.peek().kind() != Token.Kind.STRING) {
            return first;
        }
        var text = new StringBuilder(first);
        while (cursor.peek().kind() == Token.Kind.STRING) {
            text.append(cursor.string());
        }
        return text.toString();
    }

    private static ColumnDefault signed(TokenCursor cursor) {
        boolean negative = cursor.atSymbol('-');
        if (!negative && !cursor.atSymbol('+') || cursor.peek(1).kind() != Token.Kind.NUMBER) {
            throw StatementNotUnderstood.at(cursor.peek());
        }
        cursor.next();
        String digits = cursor.next().text();
        return new ColumnDefault(Kind.LITERAL, negative ? "-" + digits : digits);
    }

    private static ColumnDefault word(TokenCursor cursor) {
        Token word = cursor.peek();
        if (acceptNow(cursor)) {
            return new ColumnDefault(Kind.CURRENT_TIMESTAMP, "");
        }
        boolean introducer = word.text().startsWith("_") || cursor.atAnyOf("DATE", "TIME", "TIMESTAMP", "N");
        Token.Kind second = cursor.peek(1).kind();
        if (introducer && (second == Token.Kind.STRING || second == Token.Kind.HEX || second == Token.Kind.BITS)) {
            cursor.next();
            return parse(cursor);
        }
        cursor.next();
        if (word.isWord("NULL")) {
            return new ColumnDefault(Kind.NULL, "");
        }
        if (word.isWord("TRUE") || word.isWord("FALSE")) {
            return new ColumnDefault(Kind.LITERAL, word.isWord("TRUE") ? "1" : "0");
        }
        return function(cursor, word);
    }

    /** MariaDB takes a function without brackets around it. */
    private static ColumnDefault function(TokenCursor cursor, Token name) {
        if (cursor.atSymbol('(')) {
            cursor.brackets();
        } else if (name.isWord("NEXT")) {
            cursor.expect("VALUE", "FOR");
            cursor.tableName();
        } else if (!FUNCTIONS_WITHOUT_BRACKETS.contains(name.text().toUpperCase(Locale.ROOT))) {
            throw StatementNotUnderstood.at(name);
        }
        return new ColumnDefault(Kind.EXPRESSION, cursor.source(name.start(), cursor.lastEnd()));
    }

    /** A literal or NOW in brackets is the same as without. */
    private static ColumnDefault bracketed(TokenCursor cursor) {
        if (isSimple(cursor)) {
            cursor.expectSymbol('(');
            ColumnDefault value = parse(cursor);
            cursor.expectSymbol(')');
            return value;
        }
        return new ColumnDefault(Kind.EXPRESSION, cursor.brackets());
    }

    private static boolean isSimple(TokenCursor cursor) {
        Token first = cursor.peek(1);
        if (isNow(first)) {
            int close = cursor.peek(2).isSymbol('(') ? (cursor.peek(3).isSymbol(')') ? 4 : 5) : 2;
            return cursor.peek(close).isSymbol(')');
        }
        boolean prefixed = first.isSymbol('-')
                || first.kind() == Token.Kind.WORD && first.text().startsWith("_");
        int value = prefixed ? 2 : 1;
        boolean literal =
                switch (cursor.peek(value).kind()) {
                    case STRING, NUMBER, HEX, BITS -> true;
                    case WORD -> cursor.peek(value).isWord("NULL");
                    case SYMBOL, QUOTED, BROKEN, END -> false;
                };
        return literal && cursor.peek(value + 1).isSymbol(')');
    }
}
