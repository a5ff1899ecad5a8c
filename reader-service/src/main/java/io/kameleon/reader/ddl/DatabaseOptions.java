package io.kameleon.reader.ddl;

/**
 * The clauses of CREATE and ALTER DATABASE.
 *
 * @param charset   empty when not named; {@code DEFAULT} for the server's
 * @param collation empty when not named
 */
record DatabaseOptions(String charset, String collation) {
    /** ALTER DATABASE may leave the name out: then an option comes at once. */
    static boolean startsAt(TokenCursor cursor) {
        if (cursor.peek().kind() != Token.Kind.WORD) {
            return false;
        }
        return cursor.at("DEFAULT")
                || cursor.at("CHARACTER", "SET")
                || cursor.at("READ", "ONLY")
                || cursor.atAnyOf("CHARSET", "COLLATE", "ENCRYPTION", "COMMENT")
                        && !cursor.peek(1).isWord("CHARACTER");
    }

    static DatabaseOptions parse(TokenCursor cursor) {
        String charset = "";
        String collation = "";
        while (!cursor.atEnd()) {
            cursor.accept("DEFAULT");
            if (cursor.accept("CHARACTER", "SET") || cursor.accept("CHARSET")) {
                charset = value(cursor);
            } else if (cursor.accept("COLLATE")) {
                collation = value(cursor);
            } else if (cursor.accept("UPGRADE")) {
                cursor.expect("DATA", "DIRECTORY", "NAME");
            } else if (cursor.accept("READ", "ONLY") || cursor.acceptAnyOf("ENCRYPTION", "COMMENT")) {
                value(cursor);
            } else {
                throw StatementNotUnderstood.at(cursor.peek());
            }
        }
        return new DatabaseOptions(charset, collation);
    }

    private static String value(TokenCursor cursor) {
        cursor.acceptSymbol('=');
        return cursor.next().text();
    }
}
