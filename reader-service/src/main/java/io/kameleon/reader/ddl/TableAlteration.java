package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.AddColumn;
import io.kameleon.reader.ddl.AlterAction.AddElement;
import io.kameleon.reader.ddl.AlterAction.ChangeColumn;
import io.kameleon.reader.ddl.AlterAction.ChangeRows;
import io.kameleon.reader.ddl.AlterAction.ConvertCharset;
import io.kameleon.reader.ddl.AlterAction.DropConstraint;
import io.kameleon.reader.ddl.AlterAction.DropForeignKey;
import io.kameleon.reader.ddl.AlterAction.DropIndex;
import io.kameleon.reader.ddl.AlterAction.DropPrimaryKey;
import io.kameleon.reader.ddl.AlterAction.IgnoreErrors;
import io.kameleon.reader.ddl.AlterAction.RenameIndex;
import io.kameleon.reader.ddl.AlterAction.SetOptions;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.List;

/**
 * Applies the clauses of one ALTER TABLE in the order in which the server does, whatever their order in the text: defaults,
 * columns, keys that go, keys that come. One use only.
 */
final class TableAlteration {
    private final TableDefinition before;
    private final List<AlterAction> actions;
    private final Rules rules;
    private final SessionContext session;
    private final TableDraft draft;
    private final KeyChanges keys;
    private TextDefaults tableText;

    TableAlteration(TableDefinition before, List<AlterAction> actions, Rules rules, SessionContext session) {
        this.before = before;
        this.actions = actions;
        this.rules = rules;
        this.session = lenientIfIgnoring(actions, session);
        this.draft = TableDraft.of(before);
        this.keys = new KeyChanges(draft, rules.dialect());
    }

    private static SessionContext lenientIfIgnoring(List<AlterAction> actions, SessionContext session) {
        boolean ignoring = actions.stream().anyMatch(IgnoreErrors.class::isInstance);
        return ignoring ? session.withSqlMode(SqlMode.NONE) : session;
    }

    /** @param databaseText the database's defaults, for {@code CHARACTER SET DEFAULT} */
    TableChange.Altered apply(TextDefaults databaseText) {
        applyOptions(databaseText);
        var columns = new ColumnAlteration(before, draft, rules, session);
        columns.apply(actions);
        draft.text = tableText;
        keys.followColumns(columns.namesKept());
        dropKeys();
        addKeys(columns);
        actions.forEach(this::changeRows);
        actions.forEach(action -> draft.partitioning = PartitionChange.after(draft.partitioning, action));
        return draft.altered(before);
    }

    /**
     * Character sets for the columns of the statement; {@link #tableText} is what the table has afterwards. They differ when CONVERT TO
     * and DEFAULT CHARACTER SET stand in one statement.
     */
    private void applyOptions(TextDefaults databaseText) {
        TextDefaults converted = null;
        String charset = "";
        String collation = "";
        for (AlterAction action : actions) {
            if (action instanceof ConvertCharset convert) {
                converted = text(convert.charset(), convert.collation(), databaseText);
            } else if (action instanceof SetOptions set) {
                charset = set.options().charset().isEmpty()
                        ? charset
                        : set.options().charset();
                collation = set.options().collation().isEmpty()
                        ? collation
                        : set.options().collation();
                draft.comment = set.options().comment() == null
                        ? draft.comment
                        : set.options().comment();
            }
        }
        boolean set = !charset.isEmpty() || !collation.isEmpty();
        TextDefaults inherited = converted == null ? draft.text : converted;
        tableText = set ? text(charset, collation, charset.isEmpty() ? inherited : databaseText) : inherited;
        draft.text = converted == null ? tableText : converted;
    }

    private TextDefaults text(String charset, String collation, TextDefaults inherited) {
        return rules.charsets().resolve(charset, collation, inherited);
    }

    private void dropKeys() {
        for (AlterAction action : actions) {
            if (action instanceof DropPrimaryKey) {
                keys.dropPrimaryKey();
            } else if (action instanceof DropIndex drop) {
                keys.dropIndex(drop.name());
            } else if (action instanceof DropForeignKey drop) {
                keys.dropForeignKey(drop.name());
            } else if (action instanceof DropConstraint drop) {
                keys.dropConstraint(drop.name());
            }
        }
        for (AlterAction action : actions) {
            if (action instanceof RenameIndex rename) {
                keys.renameIndex(rename.from(), rename.to());
            }
        }
    }

    private void addKeys(ColumnAlteration columns) {
        for (AlterAction action : actions) {
            if (action instanceof AddElement add) {
                keys.add(add.element(), add.existing());
            } else if (action instanceof AddColumn add && !columns.isSkipped(action)) {
                keys.addInline(add.spec());
            } else if (action instanceof ChangeColumn change && !columns.isSkipped(action)) {
                keys.addInline(change.spec());
            }
        }
        keys.addIndexes();
    }

    private void changeRows(AlterAction action) {
        boolean ignoring = actions.stream().anyMatch(IgnoreErrors.class::isInstance);
        if (action instanceof ChangeRows change) {
            draft.resync(change.reason());
        } else if (ignoring && action instanceof AddElement add && isUnique(add.element())) {
            draft.resync("rows with the same key may have gone with a new unique key");
        }
    }

    private static boolean isUnique(TableElement element) {
        return element instanceof TableElement.PrimaryKey
                || element instanceof TableElement.Index index && index.spec().kind() == IndexDefinition.Kind.UNIQUE;
    }
}
