package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.TableStatement.OnExisting;

/** CREATE, ALTER or DROP DATABASE, parsed. */
record DatabaseStatement(Verb verb, String database, OnExisting onExisting, DatabaseOptions options) {
    enum Verb {
        CREATE,
        ALTER,
        DROP
    }

    static DatabaseStatement parse(TokenCursor cursor) {
        StatementClassifier.skipSetStatement(cursor);
        Verb verb = verb(cursor);
        OnExisting onExisting = cursor.accept("OR", "REPLACE") ? OnExisting.REPLACE : OnExisting.FAIL;
        if (!cursor.accept("DATABASE")) {
            cursor.expect("SCHEMA");
        }
        if (cursor.acceptIfNotExists()) {
            onExisting = OnExisting.KEEP;
        }
        cursor.acceptIfExists();
        boolean nameOmitted = verb == Verb.ALTER && DatabaseOptions.startsAt(cursor);
        String database = nameOmitted ? cursor.defaultDatabase() : cursor.name();
        return new DatabaseStatement(verb, cursor.storedDatabase(database), onExisting, DatabaseOptions.parse(cursor));
    }

    private static Verb verb(TokenCursor cursor) {
        if (cursor.accept("CREATE")) {
            return Verb.CREATE;
        }
        if (cursor.accept("ALTER")) {
            return Verb.ALTER;
        }
        cursor.expect("DROP");
        return Verb.DROP;
    }
}
