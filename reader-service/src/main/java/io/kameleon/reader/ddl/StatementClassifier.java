package io.kameleon.reader.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.ddl.Classified.DatabaseDdl;
import io.kameleon.reader.ddl.Classified.Dml;
import io.kameleon.reader.ddl.Classified.Ignored;
import io.kameleon.reader.ddl.Classified.TableDdl;
import io.kameleon.reader.ddl.Classified.TransactionControl;
import io.kameleon.reader.ddl.Classified.TransactionControl.Verb;
import io.kameleon.reader.ddl.Classified.Unknown;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what a statement is and which tables it names, without parsing it (F24, F27).
 *
 * <p>Never throws, whatever the text, and reads it at most once. Thread-safe.
 */
public final class StatementClassifier {
    private static final Classified BEGIN = TransactionControl.of(Verb.BEGIN);
    private static final Classified COMMIT = TransactionControl.of(Verb.COMMIT);
    private static final Classified IGNORED = new Ignored();
    private static final Classified UNKNOWN = new Unknown();

    private final ServerDialect dialect;
    private final NameCase nameCase;

    public StatementClassifier(ServerDialect dialect, NameCase nameCase) {
        this.dialect = requireNonNull(dialect, "dialect");
        this.nameCase = requireNonNull(nameCase, "nameCase");
    }

    /** @param defaultDatabase where unqualified names lie; empty when the session has none */
    public Classified classify(String statement, String defaultDatabase, SqlMode sqlMode) {
        switch (statement) {
            case "BEGIN" -> {
                return BEGIN;
            }
            case "COMMIT" -> {
                return COMMIT;
            }
            default -> {
                var lexer = new SqlLexer(statement, sqlMode, dialect);
                return classify(new TokenCursor(lexer, defaultDatabase, nameCase));
            }
        }
    }

    /**
     * A new trigger.
     *
     * @param table whose changes fire it
     * @param named everything in its body that may be a table
     */
    public record Trigger(String name, TableId table, Set<TableId> named) {
        public Trigger {
            named = Set.copyOf(named);
        }
    }

    /** The sequence that the statement makes; empty when it makes none. Never throws. */
    public Optional<TableId> sequence(String statement, String defaultDatabase, SqlMode sqlMode) {
        var cursor = new TokenCursor(new SqlLexer(statement, sqlMode, dialect), defaultDatabase, nameCase);
        skipSetStatement(cursor);
        if (!cursor.accept("CREATE")) {
            return Optional.empty();
        }
        cursor.accept("OR", "REPLACE");
        if (!cursor.accept("SEQUENCE")) {
            return Optional.empty();
        }
        cursor.acceptIfNotExists();
        return TargetTables.one(cursor).stream().findFirst();
    }

    /** Empty when the statement does not make a trigger. Never throws. */
    public Optional<Trigger> trigger(String statement, String defaultDatabase, SqlMode sqlMode) {
        var cursor = new TokenCursor(new SqlLexer(statement, sqlMode, dialect), defaultDatabase, nameCase);
        if (!cursor.accept("CREATE")) {
            return Optional.empty();
        }
        while (!cursor.atEnd() && !cursor.at("TRIGGER")) {
            cursor.next();
        }
        cursor.accept("TRIGGER");
        cursor.acceptIfNotExists();
        try {
            String name = cursor.tableName().name();
            List<TableId> tables = TargetTables.indexed(cursor);
            return tables.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Trigger(name, tables.get(0), TargetTables.qualified(cursor)));
        } catch (StatementNotUnderstood noName) {
            return Optional.empty();
        }
    }

    private static Classified classify(TokenCursor cursor) {
        skipSetStatement(cursor);
        Token first = cursor.peek();
        if (cursor.atEnd()) {
            return IGNORED; // only a comment: servers write such events in place of one they leave out
        }
        if (first.kind() != Token.Kind.WORD) {
            return UNKNOWN;
        }
        cursor.next();
        return switch (first.text().toUpperCase(Locale.ROOT)) {
            case "CREATE", "ALTER", "DROP" -> definition(cursor, first);
            case "TRUNCATE" -> {
                cursor.accept("TABLE");
                yield new TableDdl(TargetTables.one(cursor));
            }
            case "RENAME" -> cursor.acceptAnyOf("TABLE", "TABLES") ? renames(cursor) : IGNORED;
            case "INSERT", "REPLACE" -> new Dml(TargetTables.inserted(cursor));
            case "UPDATE" -> new Dml(TargetTables.named(cursor, "SET"));
            case "DELETE" -> new Dml(TargetTables.named(cursor, "WHERE"));
            case "LOAD" -> cursor.acceptAnyOf("DATA", "XML") ? new Dml(TargetTables.loaded(cursor)) : IGNORED;
            case "WITH", "CALL", "DO", "SELECT", "VALUES", "EXECUTE", "TABLE" -> new Dml(List.of());
            case "GRANT", "REVOKE", "SET", "USE", "SHOW", "EXPLAIN", "DESC", "DESCRIBE", "HELP", "KILL" -> IGNORED;
            case "ANALYZE", "OPTIMIZE", "REPAIR", "CHECK", "CHECKSUM", "CACHE", "FLUSH", "RESET", "PURGE" -> IGNORED;
            case "INSTALL", "UNINSTALL", "LOCK", "UNLOCK", "CHANGE", "STOP", "BACKUP", "CLONE", "RESTART" -> IGNORED;
            case "SHUTDOWN", "HANDLER", "PREPARE", "DEALLOCATE" -> IGNORED;
            default -> TransactionStatements.classify(cursor, first);
        };
    }

    /** MariaDB logs {@code SET STATEMENT variable = value FOR statement} whole. */
    static void skipSetStatement(TokenCursor cursor) {
        if (!cursor.at("SET", "STATEMENT")) {
            return;
        }
        while (!cursor.atEnd()) {
            if (cursor.next().isWord("FOR")) {
                return;
            }
        }
    }

    private static Classified renames(TokenCursor cursor) {
        cursor.acceptIfExists();
        return new TableDdl(TargetTables.listed(cursor));
    }

    private static Classified definition(TokenCursor cursor, Token verb) {
        cursor.accept("OR", "REPLACE");
        if (cursor.at("TEMPORARY")) {
            return IGNORED;
        }
        while (cursor.acceptAnyOf("ONLINE", "OFFLINE", "IGNORE")) {
            continue;
        }
        if (cursor.acceptAnyOf("TABLE", "TABLES")) {
            return tableDefinition(cursor, verb);
        }
        if (cursor.acceptAnyOf("DATABASE", "SCHEMA")) {
            return database(cursor, verb);
        }
        if (cursor.at("SPATIAL", "REFERENCE")) {
            return IGNORED;
        }
        cursor.acceptAnyOf("UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR");
        if (cursor.accept("INDEX")) {
            return new TableDdl(TargetTables.indexed(cursor));
        }
        return otherObject(cursor);
    }

    private static Classified tableDefinition(TokenCursor cursor, Token verb) {
        if (!cursor.acceptIfNotExists()) {
            cursor.acceptIfExists();
        }
        if (verb.isWord("DROP")) {
            return new TableDdl(TargetTables.listed(cursor));
        }
        return new TableDdl(verb.isWord("ALTER") ? TargetTables.altered(cursor) : TargetTables.one(cursor));
    }

    private static Classified database(TokenCursor cursor, Token verb) {
        if (!cursor.acceptIfNotExists()) {
            cursor.acceptIfExists();
        }
        boolean nameOmitted = verb.isWord("ALTER") && DatabaseOptions.startsAt(cursor);
        boolean named = !nameOmitted && cursor.peek().isName();
        return new DatabaseDdl(named ? cursor.name() : cursor.defaultDatabase());
    }

    private static Classified otherObject(TokenCursor cursor) {
        Token object = cursor.peek();
        if (object.kind() != Token.Kind.WORD) {
            return UNKNOWN;
        }
        return switch (object.text().toUpperCase(Locale.ROOT)) {
            case "VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE", "AGGREGATE", "DEFINER", "SQL" ->
                IGNORED;
            case "ALGORITHM", "JSON", "MATERIALIZED", "LIBRARY", "SEQUENCE", "USER", "ROLE", "SERVER" -> IGNORED;
            case "TABLESPACE", "UNDO", "LOGFILE", "RESOURCE", "INSTANCE", "PREPARE", "PUBLIC" -> IGNORED;
            default -> UNKNOWN;
        };
    }
}
