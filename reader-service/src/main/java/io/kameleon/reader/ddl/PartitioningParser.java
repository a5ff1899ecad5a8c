package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.Partitioning.Method;
import io.kameleon.schemas.table.Partitioning.Partition;
import io.kameleon.schemas.table.Partitioning.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads partition clauses. What it does not know makes the partitions opaque, never the statement unsupported: the clause says
 * nothing that the rows of the table depend on until a partition goes. Stateless.
 */
final class PartitioningParser {
    private static final Set<String> FUNCTIONS = Set.of("year", "to_days", "unix_timestamp");

    private PartitioningParser() {}

    /** Behind PARTITION BY; ends behind the list of partitions. */
    static Partitioning parse(TokenCursor cursor) {
        boolean range = cursor.accept("RANGE");
        if (!range && !cursor.accept("LIST")) {
            skipToDefinitions(cursor);
            definitions(cursor);
            return Partitioning.OPAQUE;
        }
        boolean columnList = cursor.accept("COLUMNS");
        Key key = cursor.atSymbol('(') ? key(tokens(cursor), columnList) : Key.UNKNOWN;
        skipToDefinitions(cursor);
        List<Partition> partitions = definitions(cursor);
        return key.columns().isEmpty() || partitions.isEmpty()
                ? Partitioning.OPAQUE
                : new Partitioning(range ? Method.RANGE : Method.LIST, key.columns(), key.function(), partitions);
    }

    private record Key(List<String> columns, String function) {
        static final Key UNKNOWN = new Key(List.of(), "");
    }

    /** {@code a}, {@code a, b}, {@code f(a)}. */
    private static Key key(List<Token> tokens, boolean columnList) {
        if (columnList) {
            var columns = new ArrayList<String>();
            for (int i = 0; i < tokens.size(); i += 2) {
                columns.add(tokens.get(i).text());
            }
            return new Key(columns, "");
        }
        if (tokens.size() == 1 && tokens.get(0).isName()) {
            return new Key(List.of(tokens.get(0).text()), "");
        }
        boolean call = tokens.size() == 4
                && tokens.get(1).isSymbol('(')
                && tokens.get(3).isSymbol(')');
        String function = tokens.isEmpty() ? "" : tokens.get(0).text().toLowerCase(Locale.ROOT);
        boolean known = call && FUNCTIONS.contains(function) && tokens.get(2).isName();
        return known ? new Key(List.of(tokens.get(2).text()), function) : Key.UNKNOWN;
    }

    /** Passes over the number of partitions and what is said of subpartitions. */
    private static void skipToDefinitions(TokenCursor cursor) {
        while (!cursor.atEnd() && !startsQuery(cursor.peek()) && !startsDefinitions(cursor)) {
            cursor.next();
            boolean argument = cursor.atSymbol('(') && !startsDefinitions(cursor);
            if (argument) {
                tokens(cursor);
            }
        }
    }

    private static boolean startsDefinitions(TokenCursor cursor) {
        return cursor.atSymbol('(') && cursor.peek(1).isWord("PARTITION");
    }

    static boolean startsQuery(Token token) {
        return token.isWord("SELECT") || token.isWord("WITH") || token.isWord("VALUES") || token.isWord("AS");
    }

    /** {@code (PARTITION p ..., PARTITION q ...)}; empty when there are none. */
    static List<Partition> definitions(TokenCursor cursor) {
        var partitions = new ArrayList<Partition>();
        if (!startsDefinitions(cursor)) {
            return partitions;
        }
        cursor.expectSymbol('(');
        do {
            cursor.expect("PARTITION");
            cursor.acceptIfNotExists();
            partitions.add(definition(cursor));
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        return partitions;
    }

    /** {@code p VALUES ... options}; ends before a comma, a bracket or the end. */
    static Partition definition(TokenCursor cursor) {
        String name = cursor.name();
        List<List<Value>> values = List.of(List.of(Value.UNKNOWN));
        if (cursor.accept("VALUES", "LESS", "THAN")) {
            values = cursor.acceptSymbol('(') ? List.of(tuple(cursor)) : bareMaxValue(cursor);
        } else if (cursor.accept("VALUES", "IN")) {
            cursor.expectSymbol('(');
            values = list(cursor);
        }
        while (!cursor.atEnd() && !cursor.atSymbol(',') && !cursor.atSymbol(')')) {
            if (cursor.atSymbol('(')) {
                tokens(cursor);
            } else {
                cursor.next();
            }
        }
        return new Partition(name, values);
    }

    private static List<List<Value>> bareMaxValue(TokenCursor cursor) {
        cursor.expect("MAXVALUE");
        return List.of(List.of(Value.MAXVALUE));
    }

    private static List<List<Value>> list(TokenCursor cursor) {
        var tuples = new ArrayList<List<Value>>();
        if (cursor.atSymbol('(')) {
            do {
                cursor.expectSymbol('(');
                tuples.add(tuple(cursor));
            } while (cursor.acceptSymbol(','));
            cursor.expectSymbol(')');
            return tuples;
        }
        tuple(cursor).forEach(value -> tuples.add(value.equals(Value.NULL) ? 0 : tuples.size(), List.of(value)));
        return tuples; // as the server shows them
    }

    /** Values up to the closing bracket, which is taken. */
    private static List<Value> tuple(TokenCursor cursor) {
        var values = new ArrayList<Value>();
        do {
            values.add(PartitionValues.of(upToComma(cursor)));
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        return values;
    }

    private static List<Token> upToComma(TokenCursor cursor) {
        var tokens = new ArrayList<Token>();
        int depth = 0;
        while (!cursor.atEnd() && (depth > 0 || !cursor.atSymbol(',') && !cursor.atSymbol(')'))) {
            Token token = cursor.next();
            depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
            tokens.add(token);
        }
        return tokens;
    }

    /** What is inside of brackets of any depth, which are taken. */
    private static List<Token> tokens(TokenCursor cursor) {
        cursor.expectSymbol('(');
        var tokens = new ArrayList<Token>();
        int depth = 1;
        while (!cursor.atEnd()) {
            Token token = cursor.next();
            depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
            if (depth == 0) {
                return tokens;
            }
            tokens.add(token);
        }
        throw StatementNotUnderstood.at(cursor.peek());
    }
}
