package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.IndexSpec.Existing;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.ForeignKeyDefinition.Action;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.IndexDefinition.Part;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;

/** Reads keys, indexes, foreign keys and checks; stateless. */
final class KeyParser {
    private KeyParser() {}

    /** A table element that starts with a keyword; null when what comes is a column. */
    static TableElement parseOrNull(TokenCursor cursor) {
        if (cursor.accept("CONSTRAINT")) {
            cursor.acceptIfNotExists();
            String name = cursor.atAnyOf("PRIMARY", "UNIQUE", "FOREIGN", "CHECK") ? "" : cursor.name();
            TableElement element = constraintOrNull(cursor, name);
            if (element == null) {
                throw StatementNotUnderstood.at(cursor.peek());
            }
            return element;
        }
        TableElement constraint = constraintOrNull(cursor, "");
        if (constraint != null) {
            return constraint;
        }
        if (cursor.acceptAnyOf("INDEX", "KEY")) {
            return index(cursor, IndexDefinition.Kind.PLAIN, "");
        }
        if (cursor.accept("FULLTEXT")) {
            cursor.acceptAnyOf("INDEX", "KEY");
            return index(cursor, IndexDefinition.Kind.FULLTEXT, "");
        }
        if (cursor.accept("SPATIAL")) {
            cursor.acceptAnyOf("INDEX", "KEY");
            return index(cursor, IndexDefinition.Kind.SPATIAL, "");
        }
        if (cursor.accept("VECTOR", "INDEX") || cursor.accept("VECTOR", "KEY")) {
            return index(cursor, IndexDefinition.Kind.PLAIN, "");
        }
        return cursor.at("PERIOD", "FOR") ? period(cursor) : null;
    }

    private static TableElement constraintOrNull(TokenCursor cursor, String name) {
        if (cursor.accept("PRIMARY", "KEY")) {
            return primaryKey(cursor);
        }
        if (cursor.accept("UNIQUE")) {
            cursor.acceptAnyOf("INDEX", "KEY");
            return index(cursor, IndexDefinition.Kind.UNIQUE, name);
        }
        if (cursor.accept("FOREIGN", "KEY")) {
            cursor.acceptIfNotExists();
            String indexName = cursor.atSymbol('(') ? "" : cursor.name();
            List<String> columns = columnNames(parts(cursor));
            return new TableElement.ForeignKey(references(cursor, name, indexName, columns));
        }
        if (cursor.accept("CHECK")) {
            check(cursor);
            return new TableElement.Check();
        }
        return null;
    }

    private static TableElement period(TokenCursor cursor) {
        cursor.expect("PERIOD", "FOR");
        if (cursor.at("SYSTEM_TIME")) {
            throw new StatementNotUnderstood("system-versioned tables are not replicated yet");
        }
        cursor.acceptIfNotExists();
        cursor.name();
        cursor.expectSymbol('(');
        String from = cursor.name();
        cursor.expectSymbol(',');
        String to = cursor.name();
        cursor.expectSymbol(')');
        return new TableElement.Period(from, to);
    }

    private static TableElement primaryKey(TokenCursor cursor) {
        cursor.acceptIfNotExists();
        if (cursor.peek().isName() && !cursor.at("USING") && !cursor.at("TYPE")) {
            cursor.name(); // a name for the primary key's index: read and dropped by the server
        }
        skipIndexType(cursor);
        List<String> columns = columnNames(parts(cursor));
        skipIndexOptions(cursor);
        return new TableElement.PrimaryKey(columns);
    }

    /** {@code [IF NOT EXISTS] [name] [USING x] (parts) [options]}. */
    private static TableElement index(TokenCursor cursor, IndexDefinition.Kind kind, String constraintName) {
        Existing existing = cursor.acceptIfNotExists() ? Existing.KEEP : Existing.FAIL;
        boolean named = !cursor.atSymbol('(') && !cursor.at("USING") && !cursor.at("TYPE", "BTREE");
        String name = named ? cursor.name() : constraintName;
        skipIndexType(cursor);
        List<Part> parts = parts(cursor);
        skipIndexOptions(cursor);
        return new TableElement.Index(new IndexSpec(name, kind, parts, existing));
    }

    static void skipIndexType(TokenCursor cursor) {
        if (cursor.acceptAnyOf("USING", "TYPE")) {
            cursor.name();
        }
    }

    static void skipIndexOptions(TokenCursor cursor) {
        while (true) {
            if (cursor.acceptAnyOf("USING", "TYPE")) {
                cursor.name();
            } else if (cursor.accept("WITH", "PARSER")) {
                cursor.name();
            } else if (!cursor.acceptAnyOf("VISIBLE", "INVISIBLE", "IGNORED") && !cursor.accept("NOT", "IGNORED")) {
                if (!indexOptionWithValue(cursor)) {
                    return;
                }
            }
        }
    }

    private static boolean indexOptionWithValue(TokenCursor cursor) {
        boolean known = cursor.atAnyOf(
                "KEY_BLOCK_SIZE",
                "COMMENT",
                "ENGINE_ATTRIBUTE",
                "SECONDARY_ENGINE_ATTRIBUTE",
                "CLUSTERING",
                "DISTANCE",
                "M");
        if (!known && !(cursor.peek().isName() && cursor.peek(1).isSymbol('='))) {
            return false;
        }
        cursor.next();
        cursor.acceptSymbol('=');
        cursor.next();
        return true;
    }

    /** {@code (a, b(10) DESC, (expression))}. */
    static List<Part> parts(TokenCursor cursor) {
        var parts = new ArrayList<Part>();
        cursor.expectSymbol('(');
        do {
            parts.add(part(cursor));
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        return parts;
    }

    private static Part part(TokenCursor cursor) {
        if (cursor.atSymbol('(')) {
            String expression = cursor.brackets();
            return new Part("", ColumnType.NONE, descending(cursor), expression);
        }
        String column = cursor.name();
        if (cursor.at("WITHOUT", "OVERLAPS")) {
            throw new StatementNotUnderstood("a key WITHOUT OVERLAPS is not replicated yet");
        }
        int prefix = TypeParser.length(cursor, ColumnType.NONE);
        return new Part(column, prefix, descending(cursor), "");
    }

    private static boolean descending(TokenCursor cursor) {
        return cursor.accept("DESC") || cursor.accept("ASC") && false;
    }

    private static List<String> columnNames(List<Part> parts) {
        if (parts.stream().anyMatch(p -> p.column().isEmpty())) {
            throw new StatementNotUnderstood("an expression cannot be part of a primary or foreign key");
        }
        return parts.stream().map(Part::column).toList();
    }

    /** {@code REFERENCES t (c) [MATCH x] [ON DELETE a] [ON UPDATE a]}. */
    static ForeignKeySpec references(TokenCursor cursor, String name, String indexName, List<String> columns) {
        cursor.expect("REFERENCES");
        TableId table = cursor.tableName();
        List<String> referencedColumns = cursor.atSymbol('(') ? columnNames(parts(cursor)) : List.of();
        if (cursor.accept("MATCH")) {
            cursor.name();
        }
        Action onDelete = Action.RESTRICT;
        Action onUpdate = Action.RESTRICT;
        while (true) {
            if (cursor.accept("ON", "DELETE")) {
                onDelete = action(cursor);
            } else if (cursor.at("ON", "UPDATE") && !cursor.peek(2).isWord("CURRENT_TIMESTAMP")) {
                cursor.accept("ON", "UPDATE");
                onUpdate = action(cursor);
            } else {
                return new ForeignKeySpec(name, indexName, columns, table, referencedColumns, onDelete, onUpdate);
            }
        }
    }

    private static Action action(TokenCursor cursor) {
        if (cursor.accept("CASCADE")) {
            return Action.CASCADE;
        }
        if (cursor.accept("SET", "NULL")) {
            return Action.SET_NULL;
        }
        if (cursor.accept("SET", "DEFAULT")) {
            return Action.SET_DEFAULT;
        }
        if (cursor.accept("NO", "ACTION") || cursor.accept("RESTRICT")) {
            return Action.RESTRICT;
        }
        throw StatementNotUnderstood.at(cursor.peek());
    }

    /** The expression and what follows; CHECK itself is already taken. */
    static void check(TokenCursor cursor) {
        cursor.brackets();
        if (!cursor.accept("NOT", "ENFORCED")) {
            cursor.accept("ENFORCED");
        }
    }
}
