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
            case "XA" -> distributed(cursor.next());
            default -> new Unknown();
        };
    }

    private static Classified distributed(Token verb) {
        if (verb.kind() != Token.Kind.WORD) {
            return new Unknown();
        }
        return switch (verb.text().toUpperCase(Locale.ROOT)) {
            case "START", "BEGIN" -> of(Verb.XA_START);
            case "END" -> of(Verb.XA_END);
            case "PREPARE" -> of(Verb.XA_PREPARE);
            case "COMMIT" -> of(Verb.XA_COMMIT);
            case "ROLLBACK" -> of(Verb.XA_ROLLBACK);
            case "RECOVER" -> new Ignored();
            default -> new Unknown();
        };
    }

    private static Classified of(Verb verb) {
        return new TransactionControl(verb);
    }
}
