package io.kameleon.reader.ddl;

/**
 * Tells what a statement is and which tables it names, without parsing it (F24, F27).
 *
 * <p>Never throws, whatever the text, and reads it at most once. Thread-safe.
 */
public final class StatementClassifier {
    private final ServerDialect dialect;
    private final NameCase nameCase;

    public StatementClassifier(ServerDialect dialect, NameCase nameCase) {
        this.dialect = dialect;
        this.nameCase = nameCase;
    }

    /** @param defaultDatabase where unqualified names lie; empty when the session has none */
    public Classified classify(String statement, String defaultDatabase, SqlMode sqlMode) {
        throw new UnsupportedOperationException(dialect + " " + nameCase + statement + defaultDatabase + sqlMode);
    }
}
