package io.kameleon.schemas.change;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.List;

/** What one statement did to one table, in neutral terms: neither MySQL's syntax nor PostgreSQL's. */
public sealed interface TableChange {
    /** The table's name before the statement. */
    TableId table();

    /** A new table. {@code replaced}: a table of that name went away first (MariaDB's CREATE OR REPLACE). */
    record Created(TableDefinition after, boolean replaced) implements TableChange {
        public Created {
            requireNonNull(after, "after");
        }

        @Override
        public TableId table() {
            return after.id();
        }
    }

    /**
     * Any change of a table that keeps its rows: columns, keys, indexes, comment, name.
     *
     * @param before        as it was
     * @param after         as it is; another {@code id} means a rename
     * @param previousNames one entry per column of {@code after}: its name in {@code before}, empty for a new column. So a
     *                      column dropped and added again under the same name is told from one that stayed.
     * @param resyncReason  not empty when old rows get values that only the source knows (AUTO_INCREMENT numbers,
     *                      {@code uuid()}, a generated column's expression, a lossy conversion): the table has to be copied
     *                      again, and this says why
     */
    record Altered(TableDefinition before, TableDefinition after, List<String> previousNames, String resyncReason)
            implements TableChange {
        public Altered {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
            requireNonNull(resyncReason, "resyncReason");
            previousNames = List.copyOf(previousNames);
            if (previousNames.size() != after.columns().size()) {
                throw new IllegalArgumentException("previousNames has " + previousNames.size() + " entries for "
                        + after.columns().size() + " columns of " + after.id());
            }
        }

        @Override
        public TableId table() {
            return before.id();
        }
    }

    record Dropped(TableId table) implements TableChange {
        public Dropped {
            requireNonNull(table, "table");
        }
    }

    record Truncated(TableId table) implements TableChange {
        public Truncated {
            requireNonNull(table, "table");
        }
    }

    /** Rows that went away with a partition of the source, without row events; {@code after} has the partitions that are left. */
    record RowsRemoved(TableDefinition after, List<RowSet> rows) implements TableChange {
        public RowsRemoved {
            requireNonNull(after, "after");
            rows = List.copyOf(rows);
        }

        @Override
        public TableId table() {
            return after.id();
        }
    }

    /**
     * No change: the definition that holds here, told anew because somebody asked for it, so that the table's rows can be published
     * and copied from here on. See {@code TableRequest}.
     *
     * @param request what the request is known by
     */
    record Stated(TableDefinition after, String request) implements TableChange {
        public Stated {
            requireNonNull(after, "after");
            requireNonNull(request, "request");
        }

        @Override
        public TableId table() {
            return after.id();
        }
    }

    /**
     * A statement that touches the table and is not understood: the table is disabled with the reason, and its later
     * rows are not applied until it is copied again.
     */
    record Unsupported(TableId table, String reason) implements TableChange {
        public Unsupported {
            requireNonNull(table, "table");
            requireNonNull(reason, "reason");
        }
    }
}
