package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.Classified.Ignored;
import io.kameleon.reader.ddl.Classified.TransactionControl;
import io.kameleon.reader.ddl.Classified.TransactionControl.Verb;
import io.kameleon.reader.ddl.Classified.Unknown;
import java.util.Locale;

/** Tells the statements apart that bound transactions. */
final class TransactionStatements {
    private TransactionStatements() {}

    /** @param first the statement's first word, already taken */
    static Classified classify(TokenCursor cursor, Token first) {
        return switch (first.text().toUpperCase(Locale.ROOT)) {
            case "BEGIN" -> cursor.at("NOT") ? new Unknown() : of(Verb.BEGIN);
            case "START" -> cursor.at("TRANSACTION") ? of(Verb.BEGIN) : new Ignored();
            case "COMMIT" -> of(Verb.COMMIT);
            case "ROLLBACK" -> {
                cursor.accept("WORK");
                yield of(cursor.at("TO") ? Verb.ROLLBACK_TO_SAVEPOINT : Verb.ROLLBACK);
            }
            case "SAVEPOINT" -> of(Verb.SAVEPOINT);
            case "RELEASE" -> of(Verb.RELEASE_SAVEPOINT);
            case "XA" -> distributed(cursor);
            default -> new Unknown();
        };
    }

    private static Classified distributed(TokenCursor cursor) {
        Token verb = cursor.next();
        if (verb.kind() != Token.Kind.WORD) {
            return new Unknown();
        }
        return switch (verb.text().toUpperCase(Locale.ROOT)) {
            case "START", "BEGIN" -> distributed(Verb.XA_START, cursor);
            case "END" -> distributed(Verb.XA_END, cursor);
            case "PREPARE" -> distributed(Verb.XA_PREPARE, cursor);
            case "COMMIT" -> distributed(Verb.XA_COMMIT, cursor);
            case "ROLLBACK" -> distributed(Verb.XA_ROLLBACK, cursor);
            case "RECOVER" -> new Ignored();
            default -> new Unknown();
        };
    }

    /** The server writes {@code X'676c6f62',X'6272',1}, of which the hexadecimal digits stay; what may follow is left out. */
    private static Classified distributed(Verb verb, TokenCursor cursor) {
        var name = new StringBuilder();
        while (!cursor.atEnd() && !cursor.at("ONE") && !cursor.at("JOIN") && !cursor.at("RESUME")) {
            name.append(cursor.next().text());
        }
        return new TransactionControl(verb, name.toString().toLowerCase(Locale.ROOT));
    }

    private static Classified of(Verb verb) {
        return TransactionControl.of(verb);
    }
}
