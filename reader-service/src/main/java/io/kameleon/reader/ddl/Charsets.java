package io.kameleon.reader.ddl;

import java.util.Map;

/** Facts on a server's character sets: default collations, aliases, bytes per character. Thread-safe. */
public final class Charsets {
    /** Built-in facts of that server version, nothing asked from the server. */
    public static Charsets of(ServerDialect dialect) {
        throw new UnsupportedOperationException("" + dialect);
    }

    /**
     * @param defaultCollations character set to default collation, as {@code information_schema.character_sets} has it; goes
     *                          before the built-in facts
     * @param serverCollation   {@code collation_server}, for databases of which nothing is known
     */
    public static Charsets of(ServerDialect dialect, Map<String, String> defaultCollations, String serverCollation) {
        throw new UnsupportedOperationException(dialect + serverCollation + defaultCollations);
    }
}
