package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.Token.Kind;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Walks forward over the words of one statement. Keeps only what was looked ahead at, so a statement of any size passes.
 * Methods that expect something throw {@link StatementNotUnderstood}. One thread only.
 */
final class TokenCursor {
    private final SqlLexer lexer;
    private final String defaultDatabase;
    private final NameCase nameCase;
    private final ArrayDeque<Token> ahead = new ArrayDeque<>();
    private int lastEnd;

    TokenCursor(SqlLexer lexer, String defaultDatabase, NameCase nameCase) {
        this.lexer = lexer;
        this.defaultDatabase = defaultDatabase;
        this.nameCase = nameCase;
    }

    String defaultDatabase() {
        return defaultDatabase;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int distance) {
        while (ahead.size() <= distance) {
            ahead.add(lexer.next());
        }
        if (distance == 0) {
            return ahead.peek();
        }
        Iterator<Token> tokens = ahead.iterator();
        Token token = tokens.next();
        for (int i = 0; i < distance; i++) {
            token = tokens.next();
        }
        return token;
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            ahead.poll();
        }
        lastEnd = token.end();
        return token;
    }

    /** Offset behind the last token taken. */
    int lastEnd() {
        return lastEnd;
    }

    String source(int start, int end) {
        return lexer.source(start, end);
    }

    /** At the end of the text, or of the one statement in it. */
    boolean atEnd() {
        return peek().kind() == Kind.END || peek().isSymbol(';');
    }

    boolean at(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean atAnyOf(String... words) {
        for (String word : words) {
            if (peek().isWord(word)) {
                return true;
            }
        }
        return false;
    }

    boolean atSymbol(char symbol) {
        return peek().isSymbol(symbol);
    }

    /** Takes the words when all of them are next, in this order. */
    boolean accept(String... words) {
        if (!at(words)) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            next();
        }
        return true;
    }

    boolean acceptAnyOf(String... words) {
        if (!atAnyOf(words)) {
            return false;
        }
        next();
        return true;
    }

    boolean acceptSymbol(char symbol) {
        if (!atSymbol(symbol)) {
            return false;
        }
        next();
        return true;
    }

    void expect(String... words) {
        if (!accept(words)) {
            throw StatementNotUnderstood.at(peek());
        }
    }

    void expectSymbol(char symbol) {
        if (!acceptSymbol(symbol)) {
            throw StatementNotUnderstood.at(peek());
        }
    }

    void expectEnd() {
        if (!atEnd()) {
            throw StatementNotUnderstood.at(peek());
        }
    }

    String name() {
        if (!peek().isName()) {
            throw StatementNotUnderstood.at(peek());
        }
        return next().text();
    }

    String string() {
        if (peek().kind() != Kind.STRING) {
            throw StatementNotUnderstood.at(peek());
        }
        return next().text();
    }

    /** A whole number that fits a length or a count. */
    int integer() {
        Token token = peek();
        if (token.kind() != Kind.NUMBER || token.text().length() > 10) {
            throw StatementNotUnderstood.at(token);
        }
        long value;
        try {
            value = Long.parseLong(token.text());
        } catch (NumberFormatException notWhole) {
            throw StatementNotUnderstood.at(token);
        }
        next();
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    /** {@code t}, {@code .t} or {@code db.t}, resolved against the default database. */
    TableId tableName() {
        boolean leadingDot = acceptSymbol('.');
        String first = name();
        if (leadingDot || !acceptSymbol('.')) {
            return stored(defaultDatabase, first);
        }
        return stored(first, name());
    }

    /** The table as the server stores its name. */
    TableId stored(String schema, String table) {
        return new TableId(nameCase.stored(schema), nameCase.stored(table));
    }

    /** {@code (a, b)}. */
    List<String> nameList() {
        var names = new ArrayList<String>();
        expectSymbol('(');
        do {
            names.add(name());
        } while (acceptSymbol(','));
        expectSymbol(')');
        return names;
    }

    /** Takes a bracketed text of any depth; returns what is inside, as written. */
    String brackets() {
        expectSymbol('(');
        int start = lastEnd;
        int depth = 1;
        while (true) {
            Token token = next();
            if (token.kind() == Kind.END || token.kind() == Kind.BROKEN) {
                throw StatementNotUnderstood.at(token);
            }
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')') && --depth == 0) {
                return lexer.source(start, token.start()).strip();
            }
        }
    }

    boolean acceptIfExists() {
        return accept("IF", "EXISTS");
    }

    boolean acceptIfNotExists() {
        return accept("IF", "NOT", "EXISTS");
    }

    /** MariaDB's {@code WAIT n} and {@code NOWAIT}: how long to wait for a lock. */
    void skipWait() {
        if (accept("WAIT")) {
            next();
        } else {
            accept("NOWAIT");
        }
    }
}
