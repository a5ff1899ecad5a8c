package io.kameleon.reader.ddl;

/** What statements mean on one server. Immutable and thread-safe. */
record Rules(ServerDialect dialect, NameCase nameCase, Charsets charsets, TypeResolver types, ColumnResolver columns) {
    static Rules of(ServerDialect dialect, NameCase nameCase, Charsets charsets) {
        var types = new TypeResolver(dialect, charsets);
        return new Rules(dialect, nameCase, charsets, types, new ColumnResolver(types));
    }

    TokenCursor cursor(String statement, String defaultDatabase, SqlMode mode) {
        return new TokenCursor(new SqlLexer(statement, mode, dialect), defaultDatabase, nameCase);
    }

    TableStatement parse(String statement, String defaultDatabase, SqlMode mode) {
        return new StatementParser(cursor(statement, defaultDatabase, mode), mode, dialect).parse();
    }
}
