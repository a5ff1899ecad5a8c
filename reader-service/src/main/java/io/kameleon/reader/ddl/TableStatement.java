package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.TableId;
import java.util.List;

/** A statement on tables, parsed but not yet applied to any definition. */
sealed interface TableStatement {
    record CreateTable(
            TableId table,
            OnExisting onExisting,
            List<TableElement> elements,
            TableOptions options,
            Partitioning partitioning,
            Rows rows)
            implements TableStatement {
        public CreateTable {
            elements = List.copyOf(elements);
        }
    }

    record CreateTableLike(TableId table, OnExisting onExisting, TableId model) implements TableStatement {}

    /** CREATE INDEX and DROP INDEX too. */
    record AlterTable(TableId table, Absent absent, List<AlterAction> actions) implements TableStatement {
        public AlterTable {
            actions = List.copyOf(actions);
        }
    }

    record DropTables(List<TableId> tables) implements TableStatement {
        public DropTables {
            tables = List.copyOf(tables);
        }
    }

    record TruncateTable(TableId table) implements TableStatement {}

    record RenameTables(List<Rename> renames, Absent absent) implements TableStatement {
        public RenameTables {
            renames = List.copyOf(renames);
        }
    }

    record Rename(TableId from, TableId to) {}

    enum OnExisting {
        FAIL,
        KEEP,
        REPLACE
    }

    enum Absent {
        FAIL,
        SKIP
    }

    /** Whether the statement also fills the table. */
    enum Rows {
        NONE,
        SELECTED
    }
}
