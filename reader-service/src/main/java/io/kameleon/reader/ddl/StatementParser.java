package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.AddElement;
import io.kameleon.reader.ddl.AlterAction.DropIndex;
import io.kameleon.reader.ddl.AlterAction.DropPrimaryKey;
import io.kameleon.reader.ddl.IndexSpec.Existing;
import io.kameleon.reader.ddl.TableStatement.Absent;
import io.kameleon.reader.ddl.TableStatement.AlterTable;
import io.kameleon.reader.ddl.TableStatement.DropTables;
import io.kameleon.reader.ddl.TableStatement.Rename;
import io.kameleon.reader.ddl.TableStatement.RenameTables;
import io.kameleon.reader.ddl.TableStatement.TruncateTable;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.IndexDefinition.Part;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a statement on tables, by recursive descent without backtracking: linear in the text, expressions are passed over by
 * their brackets. Whatever is not known fails with {@link StatementNotUnderstood}. One use only.
 */
final class StatementParser {
    private final TokenCursor cursor;
    private final SqlMode mode;
    private final ServerDialect dialect;

    StatementParser(TokenCursor cursor, SqlMode mode, ServerDialect dialect) {
        this.cursor = cursor;
        this.mode = mode;
        this.dialect = dialect;
    }

    TableStatement parse() {
        StatementClassifier.skipSetStatement(cursor);
        TableStatement statement = statement();
        cursor.acceptSymbol(';');
        cursor.expectEnd();
        return statement;
    }

    private TableStatement statement() {
        if (cursor.accept("CREATE")) {
            return create();
        }
        if (cursor.accept("ALTER")) {
            return new AlterTableParser(cursor, mode, dialect).parse();
        }
        if (cursor.accept("DROP")) {
            return cursor.acceptAnyOf("TABLE", "TABLES") ? dropTables() : dropIndex();
        }
        if (cursor.accept("TRUNCATE")) {
            cursor.accept("TABLE");
            TableId table = cursor.tableName();
            cursor.skipWait();
            return new TruncateTable(table);
        }
        if (cursor.accept("RENAME") && cursor.acceptAnyOf("TABLE", "TABLES")) {
            return renames();
        }
        throw StatementNotUnderstood.at(cursor.peek());
    }

    private TableStatement create() {
        boolean replacing = cursor.accept("OR", "REPLACE");
        if (cursor.at("TABLE")) {
            return new CreateTableParser(cursor, mode, dialect).parse(replacing);
        }
        cursor.acceptAnyOf("ONLINE", "OFFLINE");
        IndexDefinition.Kind kind = indexKind();
        cursor.expect("INDEX");
        return createIndex(kind, replacing ? Existing.REPLACE : Existing.FAIL);
    }

    private IndexDefinition.Kind indexKind() {
        if (cursor.accept("UNIQUE")) {
            return IndexDefinition.Kind.UNIQUE;
        }
        if (cursor.accept("FULLTEXT")) {
            return IndexDefinition.Kind.FULLTEXT;
        }
        if (cursor.accept("SPATIAL")) {
            return IndexDefinition.Kind.SPATIAL;
        }
        cursor.accept("VECTOR");
        return IndexDefinition.Kind.PLAIN;
    }

    private TableStatement createIndex(IndexDefinition.Kind kind, Existing existing) {
        Existing wanted = cursor.acceptIfNotExists() ? Existing.KEEP : existing;
        String name = cursor.name();
        KeyParser.skipIndexType(cursor);
        cursor.expect("ON");
        TableId table = cursor.tableName();
        cursor.skipWait();
        List<Part> parts = KeyParser.parts(cursor);
        KeyParser.skipIndexOptions(cursor);
        skipLockOptions();
        var index = new TableElement.Index(new IndexSpec(name, kind, parts, wanted));
        return new AlterTable(table, Absent.FAIL, List.of(new AddElement(index, wanted)));
    }

    private TableStatement dropIndex() {
        cursor.acceptAnyOf("ONLINE", "OFFLINE");
        cursor.expect("INDEX");
        cursor.acceptIfExists();
        String name = cursor.name();
        cursor.expect("ON");
        TableId table = cursor.tableName();
        skipLockOptions();
        AlterAction action = name.equalsIgnoreCase("PRIMARY") ? new DropPrimaryKey() : new DropIndex(name);
        return new AlterTable(table, Absent.FAIL, List.of(action));
    }

    private void skipLockOptions() {
        while (cursor.atAnyOf("ALGORITHM", "LOCK", "WAIT", "NOWAIT")) {
            if (!cursor.acceptAnyOf("ALGORITHM", "LOCK")) {
                cursor.skipWait();
                continue;
            }
            cursor.acceptSymbol('=');
            cursor.name();
        }
    }

    private TableStatement dropTables() {
        cursor.acceptIfExists();
        var tables = new ArrayList<TableId>();
        do {
            tables.add(cursor.tableName());
        } while (cursor.acceptSymbol(','));
        cursor.skipWait();
        cursor.acceptAnyOf("RESTRICT", "CASCADE");
        return new DropTables(tables);
    }

    private TableStatement renames() {
        Absent absent = cursor.acceptIfExists() ? Absent.SKIP : Absent.FAIL;
        var renames = new ArrayList<Rename>();
        do {
            TableId from = cursor.tableName();
            cursor.skipWait();
            cursor.expect("TO");
            renames.add(new Rename(from, cursor.tableName()));
        } while (cursor.acceptSymbol(','));
        return new RenameTables(renames, absent);
    }
}
