package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.AddColumn;
import io.kameleon.reader.ddl.AlterAction.AddElement;
import io.kameleon.reader.ddl.AlterAction.ChangeColumn;
import io.kameleon.reader.ddl.AlterAction.ChangeRows;
import io.kameleon.reader.ddl.AlterAction.ConvertCharset;
import io.kameleon.reader.ddl.AlterAction.IgnoreErrors;
import io.kameleon.reader.ddl.AlterAction.RenameColumn;
import io.kameleon.reader.ddl.AlterAction.RenameIndex;
import io.kameleon.reader.ddl.AlterAction.RenameTable;
import io.kameleon.reader.ddl.AlterAction.SetDefault;
import io.kameleon.reader.ddl.AlterAction.SetOptions;
import io.kameleon.reader.ddl.AlterAction.SetVisibility;
import io.kameleon.reader.ddl.IndexSpec.Existing;
import io.kameleon.reader.ddl.TableStatement.Absent;
import io.kameleon.reader.ddl.TableStatement.AlterTable;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;

/** Reads ALTER TABLE behind the word ALTER. One use only. */
final class AlterTableParser {
    private final TokenCursor cursor;
    private final SqlMode mode;
    private final ServerDialect dialect;
    private final List<AlterAction> actions = new ArrayList<>();

    AlterTableParser(TokenCursor cursor, SqlMode mode, ServerDialect dialect) {
        this.cursor = cursor;
        this.mode = mode;
        this.dialect = dialect;
    }

    TableStatement parse() {
        while (cursor.atAnyOf("ONLINE", "OFFLINE", "IGNORE")) {
            if (cursor.next().isWord("IGNORE")) {
                actions.add(new IgnoreErrors());
            }
        }
        cursor.expect("TABLE");
        Absent absent = cursor.acceptIfExists() ? Absent.SKIP : Absent.FAIL;
        TableId table = cursor.tableName();
        cursor.skipWait();
        while (!cursor.atEnd()) {
            clause();
            cursor.acceptSymbol(',');
        }
        return new AlterTable(table, absent, actions);
    }

    /** A comma between clauses may be missing where options follow options, or partitions end the statement. */
    private void clause() {
        if (cursor.accept("ADD")) {
            add();
        } else if (cursor.accept("DROP")) {
            actions.addAll(DropParser.parse(cursor));
        } else if (cursor.accept("MODIFY")) {
            modify();
        } else if (cursor.accept("CHANGE")) {
            change();
        } else if (cursor.accept("ALTER")) {
            alter();
        } else if (cursor.accept("RENAME")) {
            rename();
        } else if (cursor.accept("CONVERT", "TO")) {
            convert();
        } else if (!PartitionParser.parse(cursor, actions) && !ignoredClause()) {
            option();
        }
    }

    // ---- ADD ----

    private void add() {
        if (cursor.accept("PARTITION")) {
            PartitionParser.add(cursor, actions);
            return;
        }
        if (cursor.at("SYSTEM", "VERSIONING")) {
            throw new StatementNotUnderstood("system-versioned tables are not replicated yet");
        }
        TableElement element = KeyParser.parseOrNull(cursor);
        if (element != null) {
            Existing existing =
                    element instanceof TableElement.Index index ? index.spec().existing() : Existing.FAIL;
            actions.add(new AddElement(element, existing));
            return;
        }
        cursor.accept("COLUMN");
        Existing existing = cursor.acceptIfNotExists() ? Existing.KEEP : Existing.FAIL;
        if (cursor.acceptSymbol('(')) {
            addSeveral(existing);
        } else {
            actions.add(new AddColumn(column(), Placement.parse(cursor), existing));
        }
    }

    /** {@code ADD (a int, b int, KEY (a))}. */
    private void addSeveral(Existing existing) {
        do {
            TableElement element = KeyParser.parseOrNull(cursor);
            actions.add(
                    element != null
                            ? new AddElement(element, Existing.FAIL)
                            : new AddColumn(column(), Placement.UNSAID, existing));
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
    }

    private ColumnSpec column() {
        return ColumnParser.parse(cursor, mode, dialect);
    }

    // ---- columns ----

    private void modify() {
        cursor.accept("COLUMN");
        Absent absent = cursor.acceptIfExists() ? Absent.SKIP : Absent.FAIL;
        ColumnSpec column = column();
        actions.add(new ChangeColumn(column.name(), column, Placement.parse(cursor), absent));
    }

    private void change() {
        cursor.accept("COLUMN");
        Absent absent = cursor.acceptIfExists() ? Absent.SKIP : Absent.FAIL;
        String name = cursor.name();
        actions.add(new ChangeColumn(name, column(), Placement.parse(cursor), absent));
    }

    private void alter() {
        if (cursor.acceptAnyOf("INDEX", "KEY")) {
            cursor.acceptIfExists();
            cursor.name();
            if (!cursor.acceptAnyOf("VISIBLE", "INVISIBLE", "IGNORED")) {
                cursor.expect("NOT", "IGNORED");
            }
            return;
        }
        if (cursor.acceptAnyOf("CHECK", "CONSTRAINT")) {
            cursor.name();
            if (!cursor.accept("NOT", "ENFORCED")) {
                cursor.expect("ENFORCED");
            }
            return;
        }
        cursor.accept("COLUMN");
        cursor.acceptIfExists();
        alterColumn(cursor.name());
    }

    private void alterColumn(String column) {
        if (cursor.accept("DROP", "DEFAULT")) {
            actions.add(new SetDefault(column, null));
        } else if (cursor.accept("SET", "DEFAULT")) {
            ColumnDefault value = DefaultParser.parse(cursor);
            actions.add(new SetDefault(column, value));
        } else {
            cursor.expect("SET");
            boolean invisible = cursor.accept("INVISIBLE");
            if (!invisible) {
                cursor.expect("VISIBLE");
            }
            actions.add(new SetVisibility(column, invisible));
        }
    }

    // ---- names and character sets ----

    private void rename() {
        if (cursor.acceptAnyOf("INDEX", "KEY")) {
            cursor.acceptIfExists();
            String from = cursor.name();
            cursor.expect("TO");
            actions.add(new RenameIndex(from, cursor.name()));
        } else if (cursor.accept("COLUMN")) {
            Absent absent = cursor.acceptIfExists() ? Absent.SKIP : Absent.FAIL;
            String from = cursor.name();
            cursor.expect("TO");
            actions.add(new RenameColumn(from, cursor.name(), absent));
        } else {
            if (!cursor.acceptAnyOf("TO", "AS")) {
                cursor.acceptSymbol('=');
            }
            actions.add(new RenameTable(cursor.tableName()));
        }
    }

    private void convert() {
        if (!cursor.accept("CHARSET")) {
            cursor.expect("CHARACTER", "SET");
        }
        cursor.acceptSymbol('=');
        String charset = StringTypeParser.nameOrString(cursor);
        String collation = "";
        if (cursor.accept("COLLATE")) {
            cursor.acceptSymbol('=');
            collation = StringTypeParser.nameOrString(cursor);
        }
        actions.add(new ConvertCharset(charset, collation));
    }

    // ---- what has no effect, and options ----

    private boolean ignoredClause() {
        if (cursor.acceptAnyOf("ALGORITHM", "LOCK")) {
            cursor.acceptSymbol('=');
            cursor.name();
            return true;
        }
        if (cursor.accept("ORDER", "BY")) {
            do {
                cursor.name();
                cursor.acceptAnyOf("ASC", "DESC");
            } while (cursor.acceptSymbol(',') && !startsClause());
            return true;
        }
        return cursor.accept("FORCE")
                || cursor.accept("ENABLE", "KEYS")
                || cursor.accept("DISABLE", "KEYS")
                || cursor.accept("WITH", "VALIDATION")
                || cursor.accept("WITHOUT", "VALIDATION")
                || cursor.accept("SECONDARY_LOAD")
                || cursor.accept("SECONDARY_UNLOAD");
    }

    /** Behind {@code ORDER BY a,}: another column, or the next clause. */
    private boolean startsClause() {
        Token second = cursor.peek(1);
        boolean column = second.isSymbol(',')
                || second.isWord("ASC")
                || second.isWord("DESC")
                || second.kind() == Token.Kind.END;
        return !column;
    }

    private void option() {
        TableOptions options = OptionParser.parseOrNull(cursor, TableOptions.NONE);
        if (options == null) {
            throw StatementNotUnderstood.at(cursor.peek());
        }
        if (options.engine().equals("BLACKHOLE")) {
            actions.add(new ChangeRows("the table's engine keeps no rows"));
        }
        actions.add(new SetOptions(options));
    }
}
