package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the tables that a statement names as its object. Never throws: what cannot be read is left out. Each method takes the
 * cursor behind the words before the names.
 */
final class TargetTables {
    private TargetTables() {}

    /** {@code t ...}. */
    static List<TableId> one(TokenCursor cursor) {
        var tables = new LinkedHashSet<TableId>();
        addName(cursor, tables);
        return List.copyOf(tables);
    }

    /** {@code t [WAIT n] [TO u], v ...}: DROP TABLE and RENAME TABLE. */
    static List<TableId> listed(TokenCursor cursor) {
        var tables = new LinkedHashSet<TableId>();
        do {
            addName(cursor, tables);
            cursor.skipWait();
            if (cursor.accept("TO")) {
                addName(cursor, tables);
            }
        } while (cursor.acceptSymbol(','));
        return List.copyOf(tables);
    }

    /** ALTER TABLE: the table, its new name, and the one that exchanges a partition with it. */
    static List<TableId> altered(TokenCursor cursor) {
        var tables = new LinkedHashSet<TableId>();
        addName(cursor, tables);
        int depth = 0;
        while (!cursor.atEnd()) {
            Token token = cursor.next();
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')')) {
                depth--;
            } else if (depth == 0) {
                addSecondTable(cursor, token, tables);
            }
        }
        return List.copyOf(tables);
    }

    private static void addSecondTable(TokenCursor cursor, Token token, Set<TableId> tables) {
        if (token.isWord("RENAME")) {
            if (cursor.acceptAnyOf("COLUMN", "INDEX", "KEY")) {
                return;
            }
            if (!cursor.acceptAnyOf("TO", "AS")) {
                cursor.acceptSymbol('=');
            }
            addName(cursor, tables);
        } else if (token.isWord("TABLE")) {
            addName(cursor, tables); // EXCHANGE PARTITION p WITH TABLE t, CONVERT PARTITION p TO TABLE t
        }
    }

    /** {@code i [USING x] ON t ...}: CREATE INDEX and DROP INDEX. */
    static List<TableId> indexed(TokenCursor cursor) {
        var tables = new LinkedHashSet<TableId>();
        while (!cursor.atEnd()) {
            if (cursor.next().isWord("ON")) {
                addName(cursor, tables);
                break;
            }
        }
        return List.copyOf(tables);
    }

    /** {@code [modifiers] [INTO] t}. */
    static List<TableId> inserted(TokenCursor cursor) {
        skipModifiers(cursor);
        cursor.accept("INTO");
        return one(cursor);
    }

    static List<TableId> loaded(TokenCursor cursor) {
        while (!cursor.atEnd()) {
            if (cursor.accept("INTO", "TABLE")) {
                return one(cursor);
            }
            cursor.next();
        }
        return List.of();
    }

    /**
     * Every name that stands where a table may stand, aliases included.
     *
     * @param endWord the word behind the last table
     */
    static List<TableId> named(TokenCursor cursor, String endWord) {
        skipModifiers(cursor);
        var tables = new LinkedHashSet<TableId>();
        boolean tableExpected = true;
        while (!cursor.atEnd() && !cursor.at(endWord)) {
            if (cursor.at("USING") && cursor.peek(1).isSymbol('(')) {
                skipJoinColumns(cursor);
            } else if (cursor.acceptAnyOf("FROM", "JOIN", "STRAIGHT_JOIN", "USING") || cursor.acceptSymbol(',')) {
                tableExpected = true;
            } else if (cursor.acceptSymbol('(')) {
                continue;
            } else if (tableExpected && cursor.peek().isName()) {
                addName(cursor, tables);
                tableExpected = false;
            } else {
                cursor.next();
            }
        }
        return List.copyOf(tables);
    }

    /** Every {@code a.b} up to the end of the text, statements in it included. */
    static Set<TableId> qualified(TokenCursor cursor) {
        var tables = new LinkedHashSet<TableId>();
        while (cursor.peek().kind() != Token.Kind.END && cursor.peek().kind() != Token.Kind.BROKEN) {
            if (cursor.peek().isName() && cursor.peek(1).isSymbol('.')) {
                addName(cursor, tables);
            } else {
                cursor.next();
            }
        }
        return tables;
    }

    private static void skipJoinColumns(TokenCursor cursor) {
        while (!cursor.atEnd() && !cursor.next().isSymbol(')')) {
            continue;
        }
    }

    private static void skipModifiers(TokenCursor cursor) {
        while (cursor.acceptAnyOf("LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "IGNORE", "ONLY")) {
            continue;
        }
    }

    private static void addName(TokenCursor cursor, Set<TableId> tables) {
        var parts = new ArrayList<String>();
        cursor.acceptSymbol('.');
        while (cursor.peek().isName() && parts.size() < 2) {
            parts.add(cursor.next().text());
            if (!cursor.acceptSymbol('.')) {
                break;
            }
        }
        switch (parts.size()) {
            case 1 -> tables.add(cursor.stored(cursor.defaultDatabase(), parts.get(0)));
            case 2 -> tables.add(cursor.stored(parts.get(0), parts.get(1)));
            default -> {
                return;
            }
        }
    }
}
