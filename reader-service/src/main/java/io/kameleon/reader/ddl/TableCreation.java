package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.SessionContext.TimestampDefaults;
import io.kameleon.reader.ddl.TableDraft.DraftColumn;
import io.kameleon.reader.ddl.TableStatement.CreateTable;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.Set;

/** Makes the definition of a new table. Stateless. */
final class TableCreation {
    private static final Set<String> ENGINES_WITHOUT_FOREIGN_KEYS =
            Set.of("MYISAM", "MEMORY", "HEAP", "ARIA", "CSV", "ARCHIVE", "MERGE", "MRG_MYISAM", "BLACKHOLE");

    private TableCreation() {}

    /** @param databaseText the database's defaults */
    static TableDefinition define(
            CreateTable statement, TextDefaults databaseText, TimestampDefaults timestamps, Rules rules) {
        TableOptions options = statement.options();
        TextDefaults text = rules.charsets().resolve(options.charset(), options.collation(), databaseText);
        var draft = new TableDraft(statement.table(), text);
        draft.partitioning = statement.partitioning();
        draft.comment = options.comment() == null ? "" : options.comment();
        for (TableElement element : statement.elements()) {
            if (element instanceof TableElement.Column column) {
                ColumnDefinition definition =
                        rules.columns().resolve(column.spec(), text, timestamps, draft.definitions());
                draft.columns.add(new DraftColumn(definition, ""));
            }
        }
        addKeys(statement, draft, rules.dialect());
        return draft.finish();
    }

    private static void addKeys(CreateTable statement, TableDraft draft, ServerDialect dialect) {
        var keys = new KeyChanges(draft, dialect);
        for (TableElement element : statement.elements()) {
            if (element instanceof TableElement.Column column) {
                keys.addInline(column.spec());
            } else {
                keys.add(element, IndexSpec.Existing.FAIL);
            }
        }
        if (ENGINES_WITHOUT_FOREIGN_KEYS.contains(statement.options().engine())) {
            draft.foreignKeys.clear();
        }
        keys.addIndexes();
    }
}
