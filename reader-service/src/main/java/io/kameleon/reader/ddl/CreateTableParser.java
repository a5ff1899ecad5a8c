package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.TableStatement.CreateTable;
import io.kameleon.reader.ddl.TableStatement.CreateTableLike;
import io.kameleon.reader.ddl.TableStatement.OnExisting;
import io.kameleon.reader.ddl.TableStatement.Rows;
import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;

/** Reads CREATE TABLE from the word TABLE on. One use only. */
final class CreateTableParser {
    private final TokenCursor cursor;
    private final SqlMode mode;
    private final ServerDialect dialect;

    CreateTableParser(TokenCursor cursor, SqlMode mode, ServerDialect dialect) {
        this.cursor = cursor;
        this.mode = mode;
        this.dialect = dialect;
    }

    /** @param replacing CREATE OR REPLACE */
    TableStatement parse(boolean replacing) {
        cursor.expect("TABLE");
        OnExisting onExisting = replacing ? OnExisting.REPLACE : OnExisting.FAIL;
        if (cursor.acceptIfNotExists()) {
            onExisting = OnExisting.KEEP;
        }
        TableId table = cursor.tableName();
        if (cursor.accept("LIKE")) {
            return new CreateTableLike(table, onExisting, cursor.tableName());
        }
        if (cursor.atSymbol('(') && cursor.peek(1).isWord("LIKE")) {
            cursor.expectSymbol('(');
            cursor.expect("LIKE");
            TableId model = cursor.tableName();
            cursor.expectSymbol(')');
            return new CreateTableLike(table, onExisting, model);
        }
        List<TableElement> elements = startsQuery(cursor.peek(1)) ? List.of() : elements();
        TableOptions options = options();
        Partitioning partitioning =
                cursor.accept("PARTITION", "BY") ? PartitioningParser.parse(cursor) : Partitioning.NONE;
        return new CreateTable(table, onExisting, elements, options, partitioning, rows());
    }

    private static boolean startsQuery(Token token) {
        return token.isWord("SELECT") || token.isWord("WITH") || token.isWord("VALUES");
    }

    private List<TableElement> elements() {
        var elements = new ArrayList<TableElement>();
        if (!cursor.acceptSymbol('(')) {
            return elements;
        }
        do {
            TableElement element = KeyParser.parseOrNull(cursor);
            elements.add(
                    element != null ? element : new TableElement.Column(ColumnParser.parse(cursor, mode, dialect)));
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        return elements;
    }

    private TableOptions options() {
        TableOptions options = TableOptions.NONE;
        while (true) {
            if (cursor.accept("START", "TRANSACTION")) {
                continue; // rows of a CREATE TABLE ... SELECT follow in the same transaction (F25)
            }
            if (cursor.at("WITH", "SYSTEM", "VERSIONING")) {
                throw new StatementNotUnderstood("system-versioned tables are not replicated yet");
            }
            TableOptions next = OptionParser.parseOrNull(cursor, options);
            if (next == null) {
                return options;
            }
            options = next;
            cursor.acceptSymbol(',');
        }
    }

    private Rows rows() {
        while (!cursor.atEnd()) {
            if (cursor.accept("START", "TRANSACTION")) {
                continue; // behind partitions it stands here
            }
            Token token = cursor.next();
            if (startsQuery(token)) {
                skipToEnd();
                return Rows.SELECTED;
            }
            if (!token.isSymbol('(') && !continuesToQuery(token)) {
                throw StatementNotUnderstood.at(token);
            }
        }
        return Rows.NONE;
    }

    private void skipToEnd() {
        while (!cursor.atEnd()) {
            cursor.next();
        }
    }

    private static boolean continuesToQuery(Token token) {
        return token.isWord("AS") || token.isWord("IGNORE") || token.isWord("REPLACE") || token.isWord("TABLE");
    }
}
